import type { ColumnFacts } from '../kit/columns.ts';
import type { AnyTable } from '../kit/define-table.ts';
import { type CentreRoles, literal, quoted } from './roles.ts';

/** A column as people expect it in a report: real timestamps, dates and decimal numbers, under the names of their documents. */
function reportColumn(key: string, column: ColumnFacts): { name: string; expression: string } {
  const held = `"${key}"`;
  switch (column.kind) {
    case 'instant':
      return { name: key.replace(/_ms$/, ''), expression: `to_timestamp(${held} / 1000.0)` };
    case 'day':
      return { name: key.replace(/_on$/, '_date'), expression: `${held}::date` };
    case 'quantity':
      return { name: key.replace(/_e6$/, ''), expression: `(${held} / 1000000.0)::numeric(21, 6)` };
    case 'percent':
      return { name: key.replace(/_e4$/, ''), expression: `(${held} / 10000.0)::numeric(9, 4)` };
    default:
      return { name: key, expression: held };
  }
}

/** Views of one organization each: the tables under them are closed by row security, whoever asks. */
export function reportingSchema(central: readonly AnyTable[], roles: CentreRoles): string {
  const views = central.map(def => {
    const columns = Object.entries<ColumnFacts>(def.columns)
      .filter(([key, c]) => !c.secret && key !== 'row_version')
      .map(([key, c]) => ({ ...reportColumn(key, c), comment: c.comment }));
    const list = columns
      .map(c => (c.expression === c.name ? c.name : `${c.expression} as ${c.name}`))
      .join(', ');
    return [
      `create view reporting.${def.name} with (security_barrier = true) as select ${list} from public.${def.name};`,
      `comment on view reporting.${def.name} is ${literal(def.row_is)};`,
      ...columns.flatMap(c =>
        c.comment ? `comment on column reporting.${def.name}."${c.name}" is ${literal(c.comment)};` : [],
      ),
    ].join('\n');
  });
  return `
create schema reporting;
${views.join('\n')}
grant usage on schema reporting to ${quoted(roles.reporting)};
grant select on all tables in schema reporting to ${quoted(roles.reporting)};
`;
}
