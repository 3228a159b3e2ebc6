import type { Migration } from '../sqlite/migrate.ts';

/** No station with a program of before this step was ever handed out. */
const FIRST_HANDED_OUT = 25;

/** Statements after which a program that does not know of them reads and writes as before. */
const adds = (statement: string): boolean =>
  /^create (table|index) /i.test(statement) ||
  (/^alter table \S+ add column /i.test(statement) &&
    (/ default /i.test(statement) || !/ not null\b/i.test(statement)));
const statementsOf = (sql: string): string[] =>
  sql
    .replaceAll(/--.*$/gm, '')
    .split(';')
    .map(statement => statement.replaceAll(/\s+/g, ' ').trim())
    .filter(statement => statement !== '');
export const onlyAdds = ({ sql }: Migration): boolean => statementsOf(sql).every(adds);

/**
 * The oldest step whose programs may still exchange with a centre of these migrations: everything since then was only
 * added. A step that takes away, renames or rewrites cuts off the programs before it until they are updated.
 */
export function oldestSpoken(migrations: readonly Migration[]): number {
  const newest = migrations.at(-1)?.number ?? 0;
  const cutting = migrations.findLast(step => !onlyAdds(step))?.number ?? 0;
  return Math.min(newest, Math.max(FIRST_HANDED_OUT, cutting));
}
