import type { DesiredCatalogue, Reporter } from './import.rules.ts';
import type { CatalogueFiles } from './import-shape.rules.ts';
import { checkTexts } from './import-texts.rules.ts';

type Part = CatalogueFiles['parts']['parts'][string];
type Assembly = CatalogueFiles['assemblies']['assemblies'][string];
type Component = Assembly['components'][number];
export interface OddityFacts {
  files: CatalogueFiles;
  parts: ReadonlyMap<string, Part>;
  assemblies: ReadonlyMap<string, Assembly>;
  /** Component lists after the overlay. */
  lists: ReadonlyMap<string, readonly Component[]>;
  overlaid: readonly string[];
  links: DesiredCatalogue['links'];
  placed: readonly string[];
}

/** Tells every oddity of the files with its count; answers the ids that look damaged by a spreadsheet. */
export function checkOddities(facts: OddityFacts, tell: Reporter): Set<string> {
  const count = (rule: number, code: string, ids: readonly string[], more: Record<string, number> = {}) => {
    if (ids.length > 0)
      tell(rule, 'info', '', code, { count: ids.length, ...more, ids: ids.slice(0, 20).join(', ') });
  };
  checkTwins(facts, tell, count);
  checkComponents(facts, tell, count);
  checkPlaces(facts, count);
  const damaged = checkNumbers(facts, tell, count);
  checkNames(facts, tell, count);
  checkTexts(facts, tell);
  checkPartFields(facts, tell);
  checkHeader(facts, tell);
  return damaged;
}
type Count = (rule: number, code: string, ids: readonly string[], more?: Record<string, number>) => void;

function checkTwins({ parts, assemblies, files }: OddityFacts, tell: Reporter, count: Count): void {
  const twins = [...assemblies.keys()].filter(number => parts.has(number));
  const differ = twins.filter(number => parts.get(number)?.name !== assemblies.get(number)?.name);
  const filled = twins.filter(number => (files.assemblies.assemblies[number]?.components.length ?? 0) > 0);
  count(1, 'twins', twins, { with_components: filled.length, names_differ: differ.length });
  for (const number of differ) {
    tell(1, 'info', number, 'twin_names_differ', {
      part_name: parts.get(number)?.name ?? '',
      assembly_name: assemblies.get(number)?.name ?? '',
    });
  }
}

function checkComponents(
  { parts, assemblies, lists, overlaid, files }: OddityFacts,
  tell: Reporter,
  count: Count,
): void {
  const rows = [...assemblies].flatMap(([number, { components }]) =>
    components.map(component => ({ number, component })),
  );
  // Of the file alone: the overlay comes after it.
  const where = { part_only: 0, twin_as_part: 0, twin_as_assembly: 0, assembly_only: 0 };
  for (const { component } of rows) {
    const isTwin = parts.has(component.part_id) && assemblies.has(component.part_id);
    const assembly = assemblies.get(component.part_id);
    if (parts.has(component.part_id) && !assembly?.components.length)
      where[isTwin ? 'twin_as_part' : 'part_only']++;
    else if (assembly) where[isTwin ? 'twin_as_assembly' : 'assembly_only']++;
  }
  if (rows.length > 0) tell(2, 'info', '', 'component_rows', { count: rows.length, ...where });
  const empty = [...assemblies]
    .filter(([number, { components }]) => components.length === 0 && !parts.has(number))
    .map(([number]) => number);
  count(8, 'empty_assemblies', empty, { completed: overlaid.length });
  for (const number of Object.keys(files.overlay)) {
    if (assemblies.has(number) && !overlaid.includes(number)) tell(8, 'info', number, 'overlay_not_needed');
  }
  const kits = [...lists.values()].filter(list => list.length > 0);
  const ones = rows.filter(({ component }) => component.quantity === 1);
  if (rows.length > 0 && ones.length === rows.length)
    tell(9, 'warning', '', 'quantities_all_one', { count: rows.length, kits: kits.length });
  for (const [number, list] of lists) {
    const ids = new Set<string>();
    const twice = new Set<string>();
    for (const { part_id } of list) (ids.has(part_id) ? twice : ids).add(part_id);
    for (const component of twice) tell(14, 'warning', number, 'component_twice', { component });
  }
  const used = (all: Iterable<readonly Component[]>) =>
    new Set([...all].flatMap(list => list.map(({ part_id }) => part_id)));
  const usedInFile = used([...assemblies.values()].map(({ components }) => components));
  const usedNow = used(lists.values());
  const unused = [...parts.keys()].filter(number => !usedInFile.has(number));
  count(15, 'parts_unused', unused, {
    twins: unused.filter(number => assemblies.has(number)).length,
    others_after_overlay: unused.filter(number => !assemblies.has(number) && !usedNow.has(number)).length,
  });
  const noted = rows.filter(({ component }) => component.notes);
  count(
    20,
    'component_notes',
    noted.map(({ component }) => component.notes ?? ''),
  );
  checkVariants(
    unused.filter(number => !usedNow.has(number)),
    usedNow,
    tell,
  );
}

/** Another size of a part that is in use: `FRAME-10` although only `FRAME-8` is built in. */
function checkVariants(unused: readonly string[], used: ReadonlySet<string>, tell: Reporter): void {
  const stem = (number: string) => /^(.*\D-)\d{1,3}$/.exec(number)?.[1];
  const usedBy = new Map([...used].map(number => [stem(number), number]));
  for (const number of unused) {
    const sibling = stem(number) === undefined ? undefined : usedBy.get(stem(number));
    if (sibling) tell(23, 'info', number, 'variant_unused', { used: sibling });
  }
}

function checkPlaces({ assemblies, links, placed, files }: OddityFacts, count: Count): void {
  count(5, 'placed_by_subcategory', placed);
  const places = new Map<string, number>();
  for (const { number } of links) places.set(number, (places.get(number) ?? 0) + 1);
  count(
    6,
    'listed_twice',
    [...places].filter(([, n]) => n > 1).map(([number]) => number),
  );
  const own = new Set([...assemblies.values()].map(({ subcategory_code }) => subcategory_code));
  const subcategories = Object.values(files.categories.categories).flatMap(c =>
    Object.entries(c.subcategories),
  );
  count(
    7,
    'subcategories_by_reference',
    subcategories.filter(([code, s]) => s.assembly_refs.length > 0 && !own.has(code)).map(([code]) => code),
  );
}

function checkNumbers({ parts, assemblies }: OddityFacts, tell: Reporter, count: Count): Set<string> {
  const numbers = [...new Set([...parts.keys(), ...assemblies.keys()])];
  for (const [number, { is_kit, type }] of assemblies)
    if (is_kit && type !== 'KIT') tell(10, 'info', number, 'kit_flag_kept', { type });
  const damaged = new Set(
    numbers.filter(number => isDamaged(number, parts.get(number)?.manufacturer_part_number ?? '')),
  );
  for (const number of damaged)
    tell(11, 'warning', number, 'check_id', {
      manufacturer_part_number: parts.get(number)?.manufacturer_part_number ?? '',
    });
  count(
    12,
    'numeric_ids',
    numbers.filter(number => /^\d+(\.\d+)?$/.test(number)),
  );
  const spaced = numbers.filter(number => /[\s"']/.test(number));
  const slashed = numbers.filter(number => number.includes('/'));
  count(13, 'special_characters', [...new Set([...spaced, ...slashed])], {
    spaces_or_quotes: spaced.length,
    slashes: slashed.length,
    both: spaced.filter(number => number.includes('/')).length,
  });
  const folded = new Map<string, string>();
  for (const number of numbers) {
    const twin = folded.get(number.toLowerCase());
    if (twin !== undefined) tell(14, 'warning', number, 'case_variant', { other: twin });
    folded.set(number.toLowerCase(), number);
  }
  return damaged;
}

/** `6.65E+11`, or leading zeros that the maker's number still has. */
const isDamaged = (number: string, makerNumber: string) =>
  /^\d+(\.\d+)?E[+-]?\d+$/i.test(number) ||
  (makerNumber !== number && /^0+\d+$/.test(makerNumber) && makerNumber.replace(/^0+/, '') === number);

function checkNames({ parts, assemblies }: OddityFacts, tell: Reporter, count: Count): void {
  const byName = new Map<string, string[]>();
  for (const [number, { name }] of parts) byName.set(name, [...(byName.get(name) ?? []), number]);
  for (const [name, numbers] of byName)
    if (numbers.length > 1)
      tell(16, 'info', numbers[0] ?? '', 'equal_names', {
        count: numbers.length,
        name,
        ids: numbers.slice(0, 20).join(', '),
      });
  const foreign = (rows: ReadonlyMap<string, { name: string }>) =>
    [...rows].filter(([, { name }]) => /[^ -~]/.test(name)).map(([number]) => number);
  const foreignParts = foreign(parts);
  const foreignAssemblies = foreign(assemblies);
  count(17, 'non_ascii_names', [...foreignParts, ...foreignAssemblies], {
    parts: foreignParts.length,
    assemblies: foreignAssemblies.length,
  });
}

const PART_FIELDS = new Set([
  'name',
  'manufacturer_part_number',
  'manufacturer_info',
  'description',
  'type',
  'status',
]);
function checkPartFields({ parts }: OddityFacts, tell: Reporter): void {
  for (const [number, part] of parts) {
    const others = Object.keys(part).filter(key => !PART_FIELDS.has(key));
    if (others.length > 0)
      tell(18, 'info', number, 'other_fields', { fields: others.join(', ').slice(0, 200) });
  }
  const numbered = [...parts].filter(([, part]) => part.manufacturer_part_number);
  const made = [...parts].filter(([, part]) => part.manufacturer_info);
  const lacking = numbered.filter(([, part]) => !part.manufacturer_info).map(([number]) => number);
  if (numbered.length > 0)
    tell(19, 'info', '', 'manufacturer_data', {
      numbers: numbered.length,
      makers: made.length,
      lacking: lacking.slice(0, 20).join(', '),
    });
}

function checkHeader({ files, parts, assemblies }: OddityFacts, tell: Reporter): void {
  const totals = [
    ['parts.json', files.parts.metadata?.total_parts, parts.size],
    ['assemblies.json', files.assemblies.metadata?.total_assemblies, assemblies.size],
    [
      'categories.json',
      files.categories.metadata?.total_categories,
      Object.keys(files.categories.categories).length,
    ],
  ] as const;
  for (const [file, stated, counted] of totals) {
    if (typeof stated === 'number' && stated !== counted)
      tell(21, 'warning', file, 'header_total', { stated, counted });
  }
}
