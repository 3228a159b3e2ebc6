import { z } from 'zod';

/** Every text a person reads comes in the three languages of the product. */
export const localizedText = z.strictObject({
  en: z.string().min(1).max(10_000),
  fr: z.string().min(1).max(10_000),
  es: z.string().min(1).max(10_000),
});
export type LocalizedText = z.infer<typeof localizedText>;
/** Units of answers, after their number. */
export const unitWords = {
  in: { en: 'in', fr: 'po', es: 'pulg.' },
} as const satisfies Record<string, LocalizedText>;

export const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type Scalar = z.infer<typeof scalar>;
export const configurationRow = z.record(z.string(), scalar);
export type ConfigurationRow = z.infer<typeof configurationRow>;
/** The answers of one build. Groups are arrays of rows; a row added by a rule carries `auto_rule`. */
export const configuration = z.record(z.string(), z.union([scalar, z.array(configurationRow)]));
export type Configuration = z.infer<typeof configuration>;

const name = z.string().regex(/^[a-z][a-z0-9_]{0,40}$/);
const ruleId = z.string().min(1).max(60);
const expression = z.string().min(1).max(2000);
/** Text with CEL expressions in braces: `T2-ADW-PB-{pegboard_size}-KIT`. */
const template = z.string().min(1).max(500);
const localizedTemplate = z.strictObject({ en: template, fr: template, es: template });

/** A named condition that makes options available; `rule` is reported when one is chosen regardless. */
export const availabilityCondition = z.strictObject({
  name,
  rule: ruleId,
  kind: z.enum(['error', 'warning', 'info']),
  available_when: expression,
  unavailable_reason: localizedText,
});
export type AvailabilityCondition = z.infer<typeof availabilityCondition>;

export const modelOption = z.strictObject({
  value: z.union([z.string(), z.number(), z.boolean()]),
  label: localizedText,
  /** Names of availability conditions; the first unmet one gives the reason. */
  conditions: z.array(name).default([]),
  subcategory: z.string().optional(),
});
export type ModelOption = z.infer<typeof modelOption>;

export const modelField = z.strictObject({
  name,
  kind: z.enum(['choice', 'integer', 'boolean', 'text', 'item']),
  label: localizedText,
  unit: z.enum(['in']).optional(),
  section: name,
  options: z.array(modelOption).default([]),
  min: z.int().optional(),
  max: z.int().optional(),
  range_rule: ruleId.optional(),
  default: scalar.default(null),
  visible_when: expression.optional(),
  required_when: expression.optional(),
  required_rule: ruleId.optional(),
});
export type ModelField = z.infer<typeof modelField>;

export const modelGroup = z.strictObject({
  name,
  label: localizedText,
  row_label: localizedText,
  section: name,
  max_rows: z.int().min(1).max(1000),
  fields: z.array(modelField).min(1),
});
export type ModelGroup = z.infer<typeof modelGroup>;

/** A named value that rules share: an expression, or the band of an integer. Later ones may use earlier ones. */
export const derivedValue = z.strictObject({
  name,
  /** What the value is called where conditions are put in words. */
  label: localizedText.optional(),
  type: z.enum(['int', 'string', 'bool']),
  expression: expression.optional(),
  bands: z
    .strictObject({
      of: name,
      rows: z.array(z.strictObject({ from: z.int(), to: z.int(), value: z.string() })),
    })
    .optional(),
});
export type DerivedValue = z.infer<typeof derivedValue>;

export const configurationPatch = z.array(z.strictObject({ path: z.string(), value: scalar }));
export type ConfigurationPatch = z.infer<typeof configurationPatch>;

export const modelConstraint = z.strictObject({
  id: ruleId,
  /** The code people know it by, when several constraints share one. */
  rule: ruleId.optional(),
  kind: z.enum(['error', 'warning', 'info']),
  for_each: name.optional(),
  when: expression,
  message: localizedTemplate,
  path: template,
  /** Template values in a fix are CEL expressions without braces. */
  fix: z.array(z.strictObject({ path: template, value: expression })).optional(),
});
export type ModelConstraint = z.infer<typeof modelConstraint>;

export const autoRule = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('add_row'),
    id: ruleId,
    label: localizedText,
    group: name,
    when: expression,
    row: z.record(name, expression),
  }),
  z.strictObject({
    kind: z.literal('resize_group'),
    id: ruleId,
    label: localizedText,
    group: name,
    on: name,
    size: expression,
  }),
]);
export type AutoRule = z.infer<typeof autoRule>;

export const bomRule = z.strictObject({
  id: ruleId,
  seq: z.int().min(0),
  /** Position among the lines; rules with one position follow the order of the rows. Default: seq. */
  position: z.int().min(0).optional(),
  group: z.string().regex(/^[A-Z][A-Z_]*$/),
  for_each: name.optional(),
  when: expression.default('true'),
  item_id: template,
  quantity: expression.default('1'),
  notes: template.optional(),
  /** The line names the rows it came from (from 1), as the basins of a basin kit. */
  lists_rows: z.boolean().default(false),
  custom_part: z.strictObject({ kind: z.string(), spec: z.record(name, expression) }).optional(),
  suppress_components: z.array(z.string()).default([]),
  label: localizedText,
});
export type BomRule = z.infer<typeof bomRule>;

export const bomGroup = z.strictObject({
  code: z.string(),
  label: localizedText,
  min_lines: z.int().min(0),
  max_lines: z.int().min(0).optional(),
});

export const modelSetting = z.strictObject({
  key: z.string(),
  name,
  label: localizedText.optional(),
  type: z.enum(['int', 'string']),
  default: z.union([z.string(), z.int()]),
  values: z.array(z.string()).optional(),
});

export const productModel = z.strictObject({
  family: z.string().regex(/^[A-Z][A-Z0-9_]*$/),
  version: z.int().min(1),
  released: z.boolean(),
  not_released_message: localizedText.optional(),
  name: localizedText,
  sections: z.array(z.strictObject({ name, label: localizedText })).default([]),
  settings: z.array(modelSetting).default([]),
  fields: z.array(modelField).default([]),
  groups: z.array(modelGroup).default([]),
  conditions: z.array(availabilityCondition).default([]),
  derived: z.array(derivedValue).default([]),
  auto_rules: z.array(autoRule).default([]),
  constraints: z.array(modelConstraint).default([]),
  bom_groups: z.array(bomGroup).default([]),
  bom_rules: z.array(bomRule).default([]),
  accessory_subcategories: z.array(z.strictObject({ code: z.string(), label: localizedText })).default([]),
  /** Rules checked over all builds of an order. */
  order_rules: z
    .array(
      z.strictObject({
        id: ruleId,
        kind: z.literal('error'),
        label: localizedText,
        message: localizedTemplate,
      }),
    )
    .default([]),
});
export type ProductModel = z.infer<typeof productModel>;

/** `row` reads another group in each rule, so the same text may mean several things. */
export const expressionKey = (text: string, group: string | undefined): string =>
  group === undefined ? text : `${group}: ${text}`;

export const readAnswer = z.strictObject({ path: z.string(), value: scalar });
export type ReadAnswer = z.infer<typeof readAnswer>;
export const ruleCause = z.strictObject({ rule: z.string(), answers: z.array(readAnswer) });
export type RuleCause = z.infer<typeof ruleCause>;

/** `missing`: a required answer is not given yet; it blocks submission like an error. */
export const verdictKind = z.enum(['error', 'missing', 'warning', 'info']);
export const verdict = z.strictObject({
  rule: z.string(),
  kind: verdictKind,
  path: z.string(),
  message: localizedText,
  fix: configurationPatch.optional(),
});
export type Verdict = z.infer<typeof verdict>;

export const customPartSpec = z.record(z.string(), z.union([z.string(), z.number()]));
export type CustomPartSpec = z.infer<typeof customPartSpec>;
export const bomLine = z.strictObject({
  seq: z.int(),
  item_id: z.string(),
  quantity: z.int(),
  group: z.string(),
  notes: z.string(),
  is_custom_part: z.boolean(),
  custom_part_spec: customPartSpec.nullable(),
  suppress_components: z.array(z.string()),
  basin_indices: z.array(z.int()),
  causes: z.array(ruleCause),
});
export type BomLine = z.infer<typeof bomLine>;

export const optionState = z.strictObject({
  value: z.union([z.string(), z.number(), z.boolean()]),
  available: z.boolean(),
  reason: localizedText.optional(),
});
export const fieldState = z.strictObject({
  visible: z.boolean(),
  required: z.boolean(),
  answered: z.boolean(),
  options: z.array(optionState).optional(),
  auto: z.string().optional(),
});
export type FieldState = z.infer<typeof fieldState>;

export const linesRefused = z.strictObject({ rule: z.string(), message: localizedText });
export const evaluation = z.strictObject({
  normalized: configuration,
  /** Keys like `sink_model`, `basins[1].size`; `basins[*].size` describes a row about to be added. */
  fields: z.record(z.string(), fieldState),
  verdicts: z.array(verdict),
  lines: z.array(bomLine),
  lines_refused: linesRefused.optional(),
  complete: z.boolean(),
  submittable: z.boolean(),
});
export type Evaluation = z.infer<typeof evaluation>;

export const benchRow = z.strictObject({
  rule: z.string(),
  table: z.enum(['field', 'option', 'constraint', 'auto', 'bom']),
  /** `[2]` for the second row of a rule that runs once per row, otherwise empty. */
  row: z.string(),
  outcome: z.enum(['matched', 'not_matched', 'not_decided', 'failed']),
  answers: z.array(readAnswer),
  problem: z.string().optional(),
});
export type BenchRow = z.infer<typeof benchRow>;

export const answerChange = z.strictObject({ path: z.string(), from: scalar, to: scalar });
export type AnswerChange = z.infer<typeof answerChange>;
