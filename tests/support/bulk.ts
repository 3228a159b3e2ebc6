import { openWriter, registerFunctions, type Sqlite } from '../../db/sqlite/open.ts';

/**
 * A second writing connection for large fixtures: rows go in by plain SQL and leave no audit trail.
 * Never used by the product; a station does not know `capture_change` on any connection but its own.
 */
export function bulkWriter(database: string): Sqlite {
  const db = openWriter(database);
  registerFunctions(db);
  db.function('capture_change', { varargs: true }, () => null);
  db.pragma('synchronous = OFF');
  // Beside a station that starts on a busy machine.
  db.pragma('busy_timeout = 30000');
  return db;
}

export interface Owner {
  organization_id: number;
  plant_id: string;
  user_id: string;
  at_ms: number;
}
/** Ids that count up within a prefix of 12 hexadecimal digits. */
export const bulkId = (series: number, n: number): string =>
  `019b0000-${series.toString(16).padStart(4, '0')}-7000-8000-${n.toString(16).padStart(12, '0')}`;

/** Inserts objects whose keys are columns; standard columns are filled in. */
export function bulkInsert(
  db: Sqlite,
  table: string,
  owner: Owner,
  rows: Iterable<Record<string, unknown>>,
): number {
  const standard = {
    organization_id: owner.organization_id,
    row_version: 1,
    created_at_ms: owner.at_ms,
    created_by: owner.user_id,
    updated_at_ms: owner.at_ms,
    updated_by: owner.user_id,
  };
  let statement: ReturnType<Sqlite['prepare']> | undefined;
  let count = 0;
  db.transaction(() => {
    for (const row of rows) {
      const whole: Record<string, unknown> = { ...standard, ...row };
      const names = Object.keys(whole);
      statement ??= db.prepare(
        `insert into ${table} (${names.join(', ')}) values (${names.map(n => `@${n}`).join(', ')})`,
      );
      statement.run(whole);
      count += 1;
    }
  })();
  return count;
}

const CUSTOMERS = [
  'St. Mary Hospital',
  'Hôpital général',
  'North Clinic',
  'City Care',
  'Clínica del Sur',
  'Lakeside Surgical',
];
const STATUSES = [
  'ORDER_CREATED',
  'PARTS_SENT',
  'READY_FOR_PRE_QC',
  'READY_FOR_PRODUCTION',
  'TESTING_COMPLETE',
  'SHIPPED',
];
const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

/** Builds as they would be entered over years; every tenth number looks like a number or a formula to a spreadsheet. */
export function* bulkOrders(owner: Owner, count: number): Generator<Record<string, unknown>> {
  const odd = ['711.100', '706.60', '1916', '6.65E+11', '=1+1', '+41', '-7', '@sum'];
  for (let n = 0; n < count; n++) {
    const at = owner.at_ms - n * 60_000;
    yield {
      id: bulkId(1, n),
      plant_id: owner.plant_id,
      order_kind: 'CUSTOMER_BUILD',
      order_number: n % 10 === 0 ? `${pick(odd, n / 10)}-${n}` : `PO-${String(n).padStart(7, '0')}`,
      build_number: n % 10 === 0 ? pick(odd, n / 10) : `BUILD-${String(n % 1000).padStart(3, '0')}`,
      customer_name: pick(CUSTOMERS, (n * 7) % 97),
      project_name: n % 3 === 0 ? null : `Project ${n % 500}`,
      sales_person: `Sales ${n % 40}`,
      want_on: n % 11 === 0 ? null : new Date(at + 56 * 86_400_000).toISOString().slice(0, 10),
      document_language: pick(['EN', 'FR', 'SP'], n),
      notes: n % 50 === 0 ? `note of ${n}` : null,
      order_status: pick(STATUSES, n),
      configuration: '{}',
      configuration_revision: 1 + (n % 4),
      created_at_ms: at,
      updated_at_ms: at + 3_600_000,
    };
  }
}
