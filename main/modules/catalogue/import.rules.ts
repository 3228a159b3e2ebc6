import Big from 'big.js';
import { fromBig, QuantityError } from '../../../db/kit/quantity.ts';
import { findCycle } from './cycle.rules.ts';
import { checkOddities, type OddityFacts } from './import-oddities.rules.ts';
import type { CatalogueFiles } from './import-shape.rules.ts';

export type Severity = 'error' | 'warning' | 'info';
/** `rule` is the number of the oddity list of the catalogue's specification; `row` the id it is about, empty for a count. */
export interface ReportRow {
  rule: number;
  severity: Severity;
  row: string;
  code: string;
  values: Record<string, string | number>;
}
export type RecordType = 'PART' | 'ASSEMBLY';
export interface DesiredCategory {
  code: string;
  name: string;
  description: string | null;
  parent_code: string | null;
}
export interface DesiredMaterial {
  record_type: RecordType;
  number: string;
  name: string;
  description: string | null;
  kind: 'COMPONENT' | 'ASSEMBLY' | 'SERVICE_PART' | 'KIT';
  procurement_type: 'PURCHASE' | 'MANUFACTURE';
  category_code: string | null;
  manufacturer_part_number: string | null;
  manufacturer_name: string | null;
  can_order: boolean;
  is_kit: boolean;
  needs_id_check: boolean;
  is_active: boolean;
}
export interface DesiredComponent {
  record_type: RecordType;
  number: string;
  quantity_e6: number;
  notes: string | null;
}
export interface DesiredCatalogue {
  categories: DesiredCategory[];
  materials: DesiredMaterial[];
  links: { category_code: string; number: string; position: number }[];
  boms: { number: string; name: string; components: DesiredComponent[] }[];
  aliases: { alias: string; number: string; record_type: RecordType }[];
}
export type Reporter = (
  rule: number,
  severity: Severity,
  row: string,
  code: string,
  values?: ReportRow['values'],
) => void;

const KINDS = { SIMPLE: 'ASSEMBLY', COMPLEX: 'ASSEMBLY', SERVICE_PART: 'SERVICE_PART', KIT: 'KIT' } as const;
const LONGEST_NUMBER = 50;

/** What the database should hold after the import, and everything worth telling about the files. Pure. */
export function readCatalogue(files: CatalogueFiles): { desired: DesiredCatalogue; report: ReportRow[] } {
  const report: ReportRow[] = [];
  const tell: Reporter = (rule, severity, row, code, values = {}) =>
    report.push({ rule, severity, row, code, values });
  const parts = new Map(Object.entries(files.parts.parts));
  const assemblies = new Map(Object.entries(files.assemblies.assemblies));
  for (const number of [...parts.keys(), ...assemblies.keys()]) checkNumber(number, tell);

  const lists = new Map([...assemblies].map(([number, { components }]) => [number, components]));
  const overlaid: string[] = [];
  for (const [number, components] of Object.entries(files.overlay)) {
    const held = lists.get(number);
    if (!held) tell(8, 'error', number, 'overlay_unknown');
    if (held?.length !== 0) continue;
    lists.set(number, components);
    overlaid.push(number);
  }
  // An id that is both: the assembly when it has components, else the part, else the empty assembly.
  const typeOf = (number: string): RecordType | undefined => {
    if ((lists.get(number)?.length ?? 0) > 0) return 'ASSEMBLY';
    if (parts.has(number)) return 'PART';
    return lists.has(number) ? 'ASSEMBLY' : undefined;
  };

  const boms: DesiredCatalogue['boms'] = [];
  for (const [number, components] of lists) {
    if (components.length === 0) continue;
    const desired: DesiredComponent[] = [];
    for (const { part_id, quantity, notes } of components) {
      const record_type = typeOf(part_id);
      const quantity_e6 = quantityOf(quantity);
      if (!record_type) tell(3, 'error', number, 'component_unknown', { component: part_id });
      if (quantity_e6 === undefined)
        tell(9, 'error', number, 'quantity_not_valid', { component: part_id, quantity });
      if (record_type && quantity_e6 !== undefined)
        desired.push({ record_type, number: part_id, quantity_e6, notes: notes || null });
    }
    boms.push({ number, name: assemblies.get(number)?.name ?? number, components: desired });
  }
  const cycle = findCycle(
    boms.map(bom => [
      bom.number,
      bom.components.filter(c => c.record_type === 'ASSEMBLY').map(c => c.number),
    ]),
  );
  if (cycle)
    tell(14, 'error', cycle[0] ?? '', 'cycle', {
      path: cycle.length > 20 ? `${cycle.slice(0, 19).join(' > ')} > …` : cycle.join(' > '),
    });

  const { links, placed } = placeAssemblies(files, assemblies, tell);
  const facts: OddityFacts = { files, parts, assemblies, lists, overlaid, links, placed };
  const damaged = checkOddities(facts, tell);

  const materials: DesiredMaterial[] = [];
  for (const [number, part] of parts) {
    materials.push({
      record_type: 'PART',
      number,
      name: part.name,
      description: part.description || null,
      kind: 'COMPONENT',
      procurement_type: 'PURCHASE',
      category_code: null,
      manufacturer_part_number: part.manufacturer_part_number || null,
      manufacturer_name: part.manufacturer_info || null,
      can_order: true,
      is_kit: false,
      needs_id_check: damaged.has(number),
      is_active: part.status === 'ACTIVE',
    });
  }
  const codes = new Set(
    Object.values(files.categories.categories).flatMap(c => Object.keys(c.subcategories)),
  );
  for (const [number, assembly] of assemblies) {
    if (!codes.has(assembly.subcategory_code))
      tell(5, 'error', number, 'subcategory_unknown', { subcategory: assembly.subcategory_code });
    materials.push({
      record_type: 'ASSEMBLY',
      number,
      name: assembly.name,
      description: null,
      kind: KINDS[assembly.type],
      procurement_type: (lists.get(number)?.length ?? 0) > 0 ? 'MANUFACTURE' : 'PURCHASE',
      category_code: assembly.subcategory_code,
      manufacturer_part_number: null,
      manufacturer_name: null,
      can_order: assembly.can_order,
      is_kit: assembly.is_kit,
      needs_id_check: damaged.has(number),
      is_active: assembly.status === 'ACTIVE',
    });
  }
  return {
    desired: {
      categories: categoriesOf(files),
      materials,
      links,
      boms,
      aliases: aliasesOf(files, parts, assemblies, tell),
    },
    report,
  };
}

function checkNumber(number: string, tell: Reporter): void {
  if (number === '' || number.trim() !== number) tell(14, 'error', number, 'number_blank_around');
  if (number.length > LONGEST_NUMBER)
    tell(13, 'error', number.slice(0, 80), 'number_too_long', { limit: LONGEST_NUMBER });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this is the check for them
  if (/[\u0000-\u001f\u007f]/.test(number))
    tell(13, 'error', JSON.stringify(number).slice(0, 80), 'number_not_printable');
}

function quantityOf(quantity: number): number | undefined {
  try {
    const quantity_e6 = fromBig(new Big(quantity), 'exact');
    return quantity_e6 > 0 ? quantity_e6 : undefined;
  } catch (error) {
    if (error instanceof QuantityError) return undefined;
    throw error;
  }
}

function categoriesOf(files: CatalogueFiles): DesiredCategory[] {
  const all: DesiredCategory[] = [];
  for (const [code, { name, description, subcategories }] of Object.entries(files.categories.categories)) {
    all.push({ code, name, description: description || null, parent_code: null });
    for (const [sub, row] of Object.entries(subcategories))
      all.push({ code: sub, name: row.name, description: row.description || null, parent_code: code });
  }
  return all;
}

type Assemblies = Map<string, CatalogueFiles['assemblies']['assemblies'][string]>;
/** Category references as given; an assembly without one goes to the end of its own subcategory. */
function placeAssemblies(files: CatalogueFiles, assemblies: Assemblies, tell: Reporter) {
  const links: DesiredCatalogue['links'] = [];
  const seen = new Set<string>();
  const last = new Map<string, number>();
  for (const { subcategories } of Object.values(files.categories.categories)) {
    for (const [category_code, { assembly_refs }] of Object.entries(subcategories)) {
      const listed = new Set<string>();
      for (const reference of assembly_refs) {
        const number = assemblies.has(reference) ? reference : reference.replace(/^0+/, '');
        if (!assemblies.has(number)) {
          tell(4, 'warning', reference, 'category_reference_unknown', { subcategory: category_code });
          continue;
        }
        if (number !== reference)
          tell(4, 'info', reference, 'category_reference_zeros', { number, subcategory: category_code });
        if (listed.has(number)) {
          tell(14, 'warning', reference, 'category_reference_twice', { subcategory: category_code });
          continue;
        }
        const position = (last.get(category_code) ?? 0) + 1;
        last.set(category_code, position);
        links.push({ category_code, number, position });
        seen.add(number);
        listed.add(number);
      }
    }
  }
  const placed = [...assemblies].filter(([number]) => !seen.has(number));
  for (const [number, { subcategory_code }] of placed) {
    const position = (last.get(subcategory_code) ?? 0) + 1;
    last.set(subcategory_code, position);
    links.push({ category_code: subcategory_code, number, position });
  }
  return { links, placed: placed.map(([number]) => number) };
}

function aliasesOf(
  files: CatalogueFiles,
  parts: ReadonlyMap<string, unknown>,
  assemblies: ReadonlyMap<string, unknown>,
  tell: Reporter,
) {
  const aliases: DesiredCatalogue['aliases'] = [];
  for (const [alias, number] of Object.entries(files.legacy)) {
    if (assemblies.has(number)) aliases.push({ alias, number, record_type: 'ASSEMBLY' });
    else if (parts.has(number)) aliases.push({ alias, number, record_type: 'PART' });
    else tell(4, 'warning', alias, 'legacy_number_unknown', { number });
  }
  return aliases;
}
