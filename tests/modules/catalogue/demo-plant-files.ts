import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** The files of the demo plant, each refused when a field is missing, empty or unknown. */
const folder = new URL('../../../resources/demo-plant/', import.meta.url);
const read = <T>(file: string, schema: z.ZodType<T>): T =>
  schema.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8')));

const whole = z.int().positive();
const text = z.string().min(1).max(400);
const texts = z.strictObject({ en: text, fr: text, es: text });
const partRow = z.strictObject({
  name: text,
  manufacturer_part_number: text.nullable(),
  manufacturer_info: text.nullable(),
  type: z.literal('COMPONENT'),
  status: z.literal('ACTIVE'),
});
const assemblyRow = z.strictObject({
  name: text,
  type: z.enum(['SIMPLE', 'COMPLEX', 'SERVICE_PART', 'KIT']),
  category_code: z.string(),
  subcategory_code: z.string(),
  can_order: z.literal(true),
  is_kit: z.boolean(),
  status: z.literal('ACTIVE'),
  components: z.array(z.strictObject({ part_id: z.string(), quantity: whole, notes: z.string().nullable() })),
});
const subcategory = z.strictObject({ name: text, description: text, assembly_refs: z.array(z.string()) });
const basin = z.strictObject({
  basin_type: z.enum(['E_SINK', 'E_SINK_DI', 'E_DRAIN']),
  size: z.string(),
  width_in: whole,
  length_in: whole,
  depth_in: whole,
  has_p_trap_drain: z.boolean(),
  has_basin_light: z.boolean(),
});
const configuration = z.strictObject({
  sink_model: z.enum(['T2-B1', 'T2-B2', 'T2-B3']),
  sink_length_in: z.int().min(48).max(120),
  sink_width_in: whole,
  legs_type: z.enum(['HEIGHT_ADJUSTABLE', 'FIXED_HEIGHT']),
  legs_model: z.enum(['DL27', 'DL14', 'LC1']),
  feet_type: z.enum(['LOCK_LEVELING_CASTERS', 'SS_ADJUSTABLE_SEISMIC_FEET']),
  workflow_direction: z.enum(['LEFT_TO_RIGHT', 'RIGHT_TO_LEFT']),
  has_pegboard: z.boolean(),
  pegboard_color: z.string().nullable(),
  pegboard_type: z.enum(['PERFORATED', 'SOLID']).nullable(),
  pegboard_size_type: z.enum(['SAME_AS_SINK', 'CUSTOM']).nullable(),
  pegboard_width_in: whole.nullable(),
  pegboard_length_in: whole.nullable(),
  basins: z.array(basin),
  faucets: z.array(
    z.strictObject({
      faucet_type: z.enum(['WRIST_BLADE_SWING_SPOUT', 'PRE_RINSE_OVERHEAD_SPRAY', 'GOOSENECK_TREATED_WATER']),
      quantity: z.int().min(1).max(3),
      placement: z.enum(['CENTER', 'BETWEEN_BASINS']),
    }),
  ),
  sprayers: z.array(
    z.strictObject({
      sprayer_type: z.string().regex(/^(DI_WATER|AIR)_GUN_KIT_(TURRET|ROSETTE)$/),
      quantity: z.int().min(1).max(2),
      location: z.enum(['LEFT_SIDE', 'RIGHT_SIDE']),
    }),
  ),
  accessories: z.array(z.strictObject({ item_id: z.string(), quantity: whole })),
});
const instruction = z.strictObject({
  code: z.string(),
  title: texts,
  description: texts,
  material_number: z.string().nullable(),
  version: whole,
  form_id: z.string(),
  applies_when: text,
  for_each: z.enum(['basins', 'faucets', 'sprayers', 'accessories']).nullable(),
  for_each_when: text.nullable(),
  estimated_minutes: whole,
  after: z.array(z.string()),
  bom_groups: z.array(
    z.enum(
      'MANUAL,SINK_BODY,LEGS,FEET,PEGBOARD,BASIN_TYPE,BASIN_SIZE,BASIN_ADDON,CONTROL_BOX,FAUCET,SPRAYER,ACCESSORY'.split(
        ',',
      ),
    ),
  ),
  material_numbers: z.array(z.string()),
  check_codes: z.array(z.string()),
  tools: z.array(z.string()),
  steps: z
    .array(
      z.strictObject({
        step_number: whole,
        description: texts,
        safety_notes: texts.nullable(),
        estimated_minutes: whole,
      }),
    )
    .min(3)
    .max(7),
});

export const { parts } = read('parts.json', z.object({ parts: z.record(z.string(), partRow) }));
export const { assemblies } = read(
  'assemblies.json',
  z.object({ assemblies: z.record(z.string(), assemblyRow) }),
);
export const { categories } = read(
  'categories.json',
  z.object({
    categories: z.record(
      z.string(),
      z.strictObject({ name: text, description: text, subcategories: z.record(z.string(), subcategory) }),
    ),
  }),
);
export const { components: overlay } = read(
  'control-box-components.json',
  z.object({
    components: z.record(z.string(), z.array(z.strictObject({ part_id: z.string(), quantity: whole }))),
  }),
);
export const { codes } = read('legacy-codes.json', z.object({ codes: z.record(z.string(), z.string()) }));
export const instructions = read('work-instructions.json', z.array(instruction));
export const tools = read(
  'tools.json',
  z.array(z.strictObject({ name: texts, description: text, category: text })),
);
export const orders = read(
  'orders.json',
  z.array(
    z.strictObject({
      order_number: z.string().min(3).max(50),
      customer_name: z.string().min(3).max(100),
      project_name: z.string().min(3).max(100).nullable(),
      sales_person: z.string().min(3).max(100),
      want_in_days: whole,
      document_language: z.enum(['EN', 'FR', 'SP']),
      notes: text.nullable(),
      builds: z
        .array(z.strictObject({ build_number: z.string().regex(/^[A-Z0-9-]{3,50}$/), configuration }))
        .min(1)
        .max(3),
    }),
  ),
);
const person = z.strictObject({
  username: z.string().regex(/^[a-z0-9._-]{3,80}$/),
  full_name: text,
  initials: z.string().min(2).max(5),
  email: z.email(),
  locale: z.enum(['en', 'fr', 'es']),
  plant_code: z.string(),
  department: z.string(),
  roles: z.array(z.string()).min(1),
  pin: z.string().regex(/^\d{4}$/),
  demo_password: z.string().min(12).startsWith('demo-'),
  must_change_password: z.boolean(),
});
export const plant = read(
  'plant.json',
  z.strictObject({
    organization: z.strictObject({ org_code: z.string().regex(/^[A-Z]{2,20}$/), org_name: text }),
    plants: z.array(
      z.strictObject({
        plant_code: text,
        plant_name: text,
        location: text,
        timezone: text,
        currency_code: z.string().length(3),
      }),
    ),
    departments: z.array(z.strictObject({ plant_code: text, dept_code: text, dept_name: text })),
    people: z.array(person),
  }),
);
const decimal = z.string().regex(/^\d+(\.\d+)?$/);
export const pump = read(
  'master-boms.json',
  z.strictObject({
    materials: z.array(z.strictObject({ material_number: text, name: text, kind: text, uom: text })),
    boms: z.array(
      z.strictObject({
        material_number: text,
        bom_number: text,
        bom_name: text,
        base_quantity: decimal,
        uom: text,
        effective_start: z.iso.date().nullable(),
        effective_end: z.iso.date().nullable(),
        lines: z.array(
          z.strictObject({
            component: text,
            quantity: decimal,
            uom: text,
            scrap_percent: decimal,
            is_phantom: z.boolean(),
          }),
        ),
      }),
    ),
  }),
);
