import type { Id } from '../../../db/kit/columns.ts';
import { fold } from '../../../db/sqlite/open.ts';
import type { catalogue, MaterialSummary } from '../../../preload/contract/catalogue.ts';
import type { OutputOf, ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { ReadCtx, SqlValue, Statements } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { connectionState } from './catalogue.service.ts';
import { plantOf } from './plant.service.ts';
import { isSearchable, matchText, prefixRanges, tokensOf } from './search.rules.ts';

export interface SummaryRow {
  material_id: Id<'materials'>;
  material_number: string;
  material_name: string;
  record_type: 'PART' | 'ASSEMBLY';
  material_kind: MaterialSummary['material_kind'];
  category_code: string | null;
  category_name: string | null;
  manufacturer_part_number: string | null;
  has_twin: number;
  needs_id_check: number;
  is_active: number;
}
export const SUMMARY_COLUMNS = `m.id as material_id, m.material_number, m.material_name, m.record_type, m.material_kind, c.category_code, c.category_name,
  m.manufacturer_part_number, m.needs_id_check, m.is_active,
  exists (select 1 from materials w where w.plant_id = m.plant_id and w.material_number = m.material_number and w.record_type <> m.record_type) as has_twin`;
export const SUMMARY_FROM = 'materials m left join material_categories c on c.id = m.material_category_id';

export const summaryOf = (row: SummaryRow): MaterialSummary => ({
  ...row,
  has_twin: row.has_twin === 1,
  needs_id_check: row.needs_id_check === 1,
  is_active: row.is_active === 1,
});

/** Twins are one entry: what was found as a part is shown as the assembly of that number. */
const ENTRY = `coalesce((select a.id from materials a where a.plant_id = f.plant_id and a.material_number = f.material_number
  and a.record_type = 'ASSEMBLY' and f.record_type = 'PART'), f.id)`;
// CROSS JOIN keeps the order written: from the few found rows to the items, never through all items of the plant.
const BY_TEXT = `select ${ENTRY} as id from (select rowid as found from materials_fts where materials_fts match @match limit @limit)
  cross join materials f on f.rowid = found where +f.plant_id = @plant`;
const BY_PREFIX = `select ${ENTRY} as id from materials f where f.plant_id = @plant
  and ((f.material_number >= @from1 and f.material_number < @to1) or (f.material_number >= @from2 and f.material_number < @to2)) limit @limit`;
const BY_ALIAS = `select f.id from material_aliases x indexed by material_aliases_alias_number_material_id_key cross join materials f on f.id = x.material_id
  where +f.plant_id = @plant and x.alias_number >= @alias and x.alias_number < @alias_end limit @limit`;
const BY_PLACE = `select ${ENTRY} as id from materials f where f.bin_location in (@place, upper(@place)) and +f.plant_id = @plant
  order by f.material_number limit @limit`;
// By rowid and in pages: nobody waits for thousands of rows when the first hundreds hold enough.
const WORDS_BY_TEXT = `select found, f.id, f.plant_id = @plant as is_here, f.material_number || ' ' || f.material_name as words
  from (select rowid as found from materials_fts where materials_fts match @match and rowid > @after order by rowid limit @page)
  cross join materials f on f.rowid = found order by found`;
const ENTRIES = `select ${ENTRY} as id from json_each(@ids) hit cross join materials f on f.id = hit.value order by hit.key`;
const PAGE_OF_WORDS = 500;
const MOST_READ = 5000;

/** Ids of the entries a text finds, best first: number as typed, older number, start of the number, what lies in that bin, anywhere. */
export function findIds(ctx: ReadCtx, text: string, limit: number): string[] {
  const plant = plantOf(ctx);
  const tokens = tokensOf(text);
  if (tokens.length === 0) return [];
  const ids = new Set<string>();
  const collect = (sql: string, more: Record<string, SqlValue>) => {
    for (const { id } of ctx.sql.all<{ id: string }>(sql, { plant, limit, ...more })) ids.add(id);
  };
  const typed = text.trim();
  collect(BY_ALIAS, { alias: typed, alias_end: `${typed}\uFFFF` });
  collect(BY_PREFIX, prefixRanges(typed));
  collect(BY_PLACE, { place: typed });
  const [longOnes, shortOnes] = [tokens.filter(isSearchable), tokens.filter(token => !isSearchable(token))];
  if (longOnes.length === 0) return [...ids];
  if (shortOnes.length === 0) {
    collect(BY_TEXT, { match: matchText(longOnes) });
    return [...ids];
  }
  for (const id of mixedIds(ctx, matchText(longOnes), shortOnes, limit - ids.size)) ids.add(id);
  return [...ids];
}

/** The index finds the long words; the short ones are looked for in what it found. */
function mixedIds(ctx: ReadCtx, match: string, shortOnes: readonly string[], wanted: number): string[] {
  const plant = plantOf(ctx);
  const hits: string[] = [];
  let after = 0;
  for (let read = 0; read < MOST_READ && hits.length < wanted; read += PAGE_OF_WORDS) {
    const page = ctx.sql.all<{ found: number; id: string; is_here: number; words: string }>(WORDS_BY_TEXT, {
      plant,
      match,
      after,
      page: PAGE_OF_WORDS,
    });
    for (const { id, words, is_here } of page) {
      const folded = fold(words);
      if (is_here === 1 && shortOnes.every(token => folded.includes(token))) hits.push(id);
    }
    const last = page.at(-1);
    if (!last) break;
    after = last.found;
  }
  return ctx.sql.all<{ id: string }>(ENTRIES, { ids: JSON.stringify(hits) }).map(({ id }) => id);
}

export function searchMaterials(
  ctx: ReadCtx,
  input: ParsedInputOf<typeof catalogue.searchMaterials>,
): OutputOf<typeof catalogue.searchMaterials> {
  const ids = findIds(ctx, input.text, input.limit * 4);
  if (ids.length === 0) return { items: [] };
  const rows = ctx.sql.all<SummaryRow>(
    `select ${SUMMARY_COLUMNS} from ${SUMMARY_FROM} join json_each(@ids) wanted on wanted.value = m.id
     where (@all = 1 or m.is_active = 1) order by (m.material_number = @text collate nocase) desc, wanted.key limit @limit`,
    { ids: JSON.stringify(ids), all: input.active_only ? 0 : 1, text: input.text.trim(), limit: input.limit },
  );
  return { items: rows.map(summaryOf) };
}

const FILTERS = `m.plant_id = @plant and (@active is null or m.is_active = @active) and (@kind is null or m.material_kind = @kind)
  and not (m.record_type = 'PART' and exists (select 1 from materials a where a.plant_id = m.plant_id and a.material_number = m.material_number and a.record_type = 'ASSEMBLY'))`;
const IN_CATEGORY = `and (m.material_category_id in (select id from below)
  or exists (select 1 from material_category_links l where l.material_id = m.id and l.material_category_id in (select id from below)))`;
const BELOW = `with recursive below(id) as (select @category union select c.id from material_categories c join below b on c.parent_category_id = b.id)`;
const SORTS = {
  material_number: ['m.material_number asc', 'm.material_number desc'],
  material_name: [
    'm.material_name collate nocase asc, m.material_number',
    'm.material_name collate nocase desc, m.material_number',
  ],
  material_kind: ['m.material_kind asc, m.material_number', 'm.material_kind desc, m.material_number'],
} as const;

const PAGE = `select ${SUMMARY_COLUMNS} from json_each(@ids) wanted cross join materials m on m.id = wanted.value
  left join material_categories c on c.id = m.material_category_id order by wanted.key`;

/** The whole filtered set in order, remembered while nothing is written: scrolling asks for many pages of it. */
const listed = new WeakMap<Statements, { key: string; ids: string[] }>();

export function listMaterials(
  ctx: ReadCtx,
  input: ParsedInputOf<typeof catalogue.listMaterials>,
): OutputOf<typeof catalogue.listMaterials> {
  const { offset, limit, ...filter } = input;
  const key = JSON.stringify([connectionState(ctx), plantOf(ctx), filter]);
  const held = listed.get(ctx.sql);
  const ids = held?.key === key ? held.ids : listedIds(ctx, filter);
  listed.set(ctx.sql, { key, ids });
  const wanted = JSON.stringify(ids.slice(offset, offset + limit));
  return { items: ctx.sql.all<SummaryRow>(PAGE, { ids: wanted }).map(summaryOf), total: ids.length };
}

function listedIds(
  ctx: ReadCtx,
  {
    text,
    sort,
    descending,
    kind,
    category_id,
    active,
  }: Omit<ParsedInputOf<typeof catalogue.listMaterials>, 'offset' | 'limit'>,
): string[] {
  const filters: Record<string, SqlValue> = {
    plant: plantOf(ctx),
    kind,
    ...(category_id === null ? {} : { category: category_id }),
    active: active === 'all' ? null : Number(active === 'active'),
  };
  const order = SORTS[sort][descending ? 1 : 0];
  const found = text.trim() === '' ? undefined : findIds(ctx, text, 100_000);
  const from = found ? 'json_each(@found) hit cross join materials m on m.id = hit.value' : 'materials m';
  const params = found ? { ...filters, found: JSON.stringify(found) } : filters;
  return ctx.sql
    .all<{ id: string }>(
      `${category_id === null ? '' : BELOW} select m.id from ${from} where ${FILTERS} ${category_id === null ? '' : IN_CATEGORY} order by ${order}`,
      params,
    )
    .map(({ id }) => id);
}

/** By current number exactly, by number ignoring case, or by an older number. Refuses `item_unknown`. */
export function findMaterial(ctx: ReadCtx, { number }: { number: string }): { material_id: Id<'materials'> } {
  const row = ctx.sql.get<{ material_id: Id<'materials'> }>(
    `select id as material_id from materials where plant_id = @plant and material_number = @number
     union all select id from materials where plant_id = @plant and material_number = @number collate nocase
     union all select x.material_id from material_aliases x join materials m on m.id = x.material_id where m.plant_id = @plant and x.alias_number = @number limit 1`,
    { plant: plantOf(ctx), number },
  );
  return row ?? refuse('item_unknown', { number });
}
