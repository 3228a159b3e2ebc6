import type { ColumnFacts } from './kit/columns.ts';
import type { AnyTable, Partitions, Sync } from './kit/define-table.ts';
import { tablesByModule } from './schema/index.ts';

const POLICY: Record<Sync['kind'], string> = {
  local_only: 'stays on the station',
  pull_only: 'from the centre only',
  append_only: 'added to, never changed',
  additive: 'added to, never refused',
  sealed: 'changed until signed',
  two_way: '',
};
const CONFLICT = {
  merge_columns: 'merged column by column',
  whole_document: 'document as a whole',
  last_arrival: 'last arrival wins',
  central_wins: 'centre wins',
} as const;
const RULE = {
  transition: 'a step: must start from the state at the centre',
  claim: 'first arrival takes it',
  last_arrival: 'last arrival wins',
} as const;
const SCOPE: Record<Sync['to'], string> = {
  shared: 'all organizations',
  organization: 'organization',
  plant: 'plants of the station',
};
const PERIOD: Record<Partitions['every'], string> = {
  week: 'week',
  month: 'month',
  quarter: 'quarter',
  half_year: 'half-year',
};
const code = (name: string): string => `\`${name}\``;

const policyOf = ({ sync }: AnyTable): string =>
  sync.kind === 'two_way' ? CONFLICT[sync.conflict] : POLICY[sync.kind];
function scopeOf({ sync, plant_by }: AnyTable): string {
  if (sync.kind === 'local_only') return '–';
  const window = sync.window_days === undefined ? [] : [`last ${sync.window_days} days`];
  const through =
    sync.to === 'plant' && plant_by && 'through' in plant_by ? [`through ${code(plant_by.through)}`] : [];
  return [SCOPE[sync.to], ...through, ...window].join(', ');
}
function rulesOf(def: AnyTable): string {
  const columns = Object.entries<ColumnFacts>(def.columns).flatMap(([name, { conflict }]) =>
    conflict ? [`${code(name)}: ${RULE[conflict]}`] : [],
  );
  const { document } = def;
  const parts = document?.columns?.map(code).join(', ');
  const own = document
    ? [
        document.root_id === 'id'
          ? `root of its document${parts ? ` (${parts})` : ''}`
          : `part of the document of ${code(document.root_id)}`,
      ]
    : [];
  const { partitions } = def;
  const divided = partitions
    ? [`divided at the centre by ${PERIOD[partitions.every]}, kept ${partitions.keep_years} y`]
    : [];
  return [...own, ...columns, ...divided].join('; ') || '–';
}

export const BEGIN = '<!-- policies: written by npm run db:policies -->';
export const END = '<!-- end of policies -->';
const byName = (a: AnyTable, b: AnyTable): number => (a.name < b.name ? -1 : 1);

/** Every table with the rule under which it travels, as the definitions have it. */
export function policyTable(): string {
  const lines = Object.entries(tablesByModule).flatMap(([module, own]) =>
    Object.values<AnyTable>(own)
      .sort(byName)
      .map(def => `| ${module} | ${code(def.name)} | ${policyOf(def)} | ${scopeOf(def)} | ${rulesOf(def)} |`),
  );
  return [
    '| Module | Table | When two stations change it | Reaches | Own rules |',
    '|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}
export function withPolicies(page: string): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`the page has no ${BEGIN} … ${END}`);
  return `${page.slice(0, begin + BEGIN.length)}\n${policyTable()}\n${page.slice(end)}`;
}
