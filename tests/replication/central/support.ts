import { createHash, randomUUID } from 'node:crypto';
import path from 'node:path';
import { Client, type DatabaseError } from 'pg';
import { inject } from 'vitest';
import { canonical } from '../../../main/platform/canonical.ts';
import { enrolStation, migrateCentre } from '../../../main/replication/central/operator.ts';
import type { PullPage, Unit, UnitChange } from '../../../main/replication/wire.ts';

export const PROGRAM = '00000000-0000-7000-8000-000000000000';
const folder = path.resolve(import.meta.dirname, '../../../db/migrations');
type Row = Record<string, unknown>;
let made = 0;

export async function connect(url: string, user?: string, password?: string): Promise<Client> {
  const target = new URL(url);
  if (user) target.username = user;
  if (password) target.password = password;
  const client = new Client({ connectionString: target.href });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** A new centre on the server of the test run. The operator is the server's superuser unless a database is given. */
export async function newCentre() {
  const server = await connect(inject('pgUrl'));
  const name = `centre_${process.pid}_${Date.now()}_${++made}`;
  await server.query(`create database ${name}`);
  await server.end();
  const url = new URL(inject('pgUrl'));
  url.pathname = `/${name}`;
  const operator = await connect(url.href);
  await migrateCentre(operator, folder);
  return centreOf(url.href, operator);
}
/** An empty database and its operator, who may create roles and is no superuser. */
export async function plainOperator(name: string): Promise<{ url: string; operator: Client }> {
  const server = await connect(inject('pgUrl'));
  await server.query(`create role ${name}_op login createrole password 'operator'`);
  await server.query(`create database ${name} owner ${name}_op`);
  await server.end();
  const url = new URL(inject('pgUrl'));
  url.pathname = `/${name}`;
  return { url: url.href, operator: await connect(url.href, `${name}_op`, 'operator') };
}
export function centreOf(url: string, operator: Client) {
  const open: Client[] = [operator];
  return {
    url,
    operator,
    async organization(code: string): Promise<number> {
      const { rows } = await operator.query<{ n: number }>('select sync.create_organization($1, $1) as n', [
        code,
      ]);
      return rows[0]?.n ?? 0;
    },
    async station(organization_id: number, station_code: string, plant_ids: string[] | null = null) {
      const { role, password } = await enrolStation(operator, {
        organization_id,
        station_code,
        plant_ids,
        valid_days: 7,
      });
      const client = await connect(url, role, password);
      open.push(client);
      const station = new TestStation(client, role, password);
      await station.hello();
      return station;
    },
    async close(): Promise<void> {
      await Promise.all(open.map(c => c.end().catch(() => undefined)));
    },
  };
}
export type Centre = Awaited<ReturnType<typeof newCentre>>;

const text = (value: unknown): string => JSON.stringify(value);
/** Speaks the protocol by hand, so that a test can also say what no station would. */
export class TestStation {
  readonly client: Client;
  readonly role: string;
  readonly password: string;
  client_id = randomUUID();
  incarnation = 1;
  nonce: string | null = null;
  next_no = 1;
  cursor = { seq: 0, hash: null as string | null };
  readonly station_id = randomUUID();

  constructor(client: Client, role: string, password: string) {
    this.client = client;
    this.role = role;
    this.password = password;
  }
  async call<T>(name: string, ...params: unknown[]): Promise<T> {
    const { rows } = await this.client.query(
      `select sync.${name}(${params.map((_, at) => `$${at + 1}`).join(', ')}) as answer`,
      params.map(p =>
        typeof p === 'object' && p !== null && !Array.isArray(p) && !Buffer.isBuffer(p) ? text(p) : p,
      ),
    );
    return rows[0].answer;
  }
  async hello(more: Row = {}): Promise<Row> {
    const next_nonce = randomUUID();
    const answer = await this.call<Row>('hello', {
      client_id: this.client_id,
      incarnation: this.incarnation,
      nonce: this.nonce,
      next_nonce,
      cursor: null,
      epoch: null,
      schema_version: 1_000_000,
      app_version: '1',
      fingerprint: 'f',
      last_unit_no: 0,
      station_id: this.station_id,
      ...more,
    });
    this.nonce = next_nonce;
    return answer;
  }
  unit(changes: UnitChange[], more: Partial<Unit> = {}): Unit {
    const unit = {
      unit_id: randomUUID(),
      schema_version: 1,
      intent: 'test',
      actor_id: PROGRAM,
      session_id: null,
      reason: null,
      occurred_at_ms: 1_700_000_000_000,
      clock_offset_ms: 0,
      monotonic_no: this.next_no,
      seen_seq: this.cursor.seq,
      audit_head: null,
      changes,
      audit: [],
      ...more,
    };
    const payload_hash = createHash('sha256')
      .update(canonical({ ...unit, audit: null }))
      .digest('hex');
    return { payload_hash, unit_no: this.next_no++, ...unit };
  }
  async send(units: readonly unknown[]): Promise<{ unit_no: number; outcome: string; detail: Row }[]> {
    const answer = await this.call<{ outcomes: { unit_no: number; outcome: string; detail: Row }[] }>(
      'push',
      this.client_id,
      text(units),
    );
    return answer.outcomes;
  }
  /** One unit of these changes; answers its outcome and detail. */
  async push(changes: UnitChange[], more: Partial<Unit> = {}): Promise<{ outcome: string; detail: Row }> {
    const [outcome] = await this.send([this.unit(changes, more)]);
    if (!outcome) throw new Error('no outcome');
    return outcome;
  }
  async pull(most = 2000): Promise<PullPage> {
    const page = await this.call<PullPage>('pull', this.client_id, this.cursor.seq, this.cursor.hash, most);
    this.cursor = { seq: page.to_seq, hash: page.to_hash };
    return page;
  }
  /** Pulls to the end and answers the tables that came. */
  async pullAll(): Promise<PullPage[]> {
    const pages: PullPage[] = [];
    for (let more = true; more; ) {
      const page = await this.pull();
      pages.push(page);
      more = page.more;
    }
    return pages;
  }
}

export const codeOf = (error: unknown): string => (error as DatabaseError).code ?? '';
/** The SQLSTATE that a call fails with. */
export const failing = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: unknown) => codeOf(error),
  );

const stamps = { created_at_ms: 1, created_by: PROGRAM, updated_at_ms: 1, updated_by: PROGRAM };
export const insert = (table: string, row: Row): UnitChange => {
  const id = String(row.id ?? randomUUID());
  return { table, id, op: 'I', base_version: null, base: null, patch: { id, ...stamps, ...row } };
};
export const update = (
  table: string,
  id: string,
  base_version: number,
  base: Row,
  patch: Row,
): UnitChange => ({
  table,
  id,
  op: 'U',
  base_version,
  base,
  patch: { ...patch, updated_at_ms: 2, updated_by: PROGRAM },
});
export const remove = (table: string, row: Row, base_version = 1): UnitChange => ({
  table,
  id: String(row.id),
  op: 'D',
  base_version,
  base: { ...stamps, ...row },
  patch: null,
});

let number = 0;
const next = () => String(++number).padStart(5, '0');
export const plant = (row: Row = {}): Row => ({
  id: randomUUID(),
  plant_code: `P${next()}`,
  plant_name: 'Plant',
  location: null,
  timezone: 'UTC',
  currency_code: 'USD',
  paper_size: 'A4',
  is_active: true,
  ...row,
});
export const uom = (row: Row = {}): Row => ({
  id: randomUUID(),
  uom_code: `U${next()}`,
  uom_name: 'Unit',
  dimension: 'QUANTITY',
  is_base_unit: false,
  conversion_factor: '1',
  decimals: 0,
  ...row,
});
export const tool = (row: Row = {}): Row => ({
  id: randomUUID(),
  tool_name: `Tool ${next()}`,
  tool_names: { en: 'Tool', fr: 'Outil', es: 'Util' },
  description: null,
  category: null,
  is_active: true,
  ...row,
});
export const order = (plant_id: unknown, row: Row = {}): Row => ({
  id: randomUUID(),
  plant_id,
  order_kind: 'CUSTOMER_BUILD',
  order_number: `O${next()}`,
  build_number: 'B1',
  customer_name: 'Customer',
  project_name: null,
  sales_person: null,
  want_on: '2026-12-01',
  document_language: 'EN',
  notes: null,
  order_status: 'ORDER_CREATED',
  current_assignee_id: null,
  bom_id: null,
  product_model_id: null,
  configuration: { legs: 4 },
  configuration_revision: 1,
  ...row,
});
export const configItem = (order_id: unknown, row: Row = {}): Row => ({
  id: randomUUID(),
  order_id,
  item_kind: 'BASIN',
  item_index: 1,
  attributes: {},
  material_id: null,
  quantity_e6: 1_000_000,
  ...row,
});
export const user = (row: Row = {}): Row => ({
  id: randomUUID(),
  username: `u${next()}`,
  email: null,
  full_name: 'User',
  initials: 'U',
  hashed_password: 'x',
  hashed_pin: null,
  plant_id: null,
  department_id: null,
  is_active: true,
  is_superuser: false,
  must_change_password: false,
  last_login_at_ms: null,
  failed_login_count: 0,
  failed_pin_count: 0,
  locked_until_ms: null,
  locale: 'en',
  ...row,
});
export const role = (row: Row = {}): Row => ({
  id: randomUUID(),
  role_code: `R${next()}`,
  role_name: 'Role',
  description: null,
  is_system_role: false,
  is_active: true,
  permissions: { orders: ['read'] },
  ...row,
});
export const history = (performed_by: unknown, row: Row = {}): Row => ({
  id: randomUUID(),
  entity_type: 'orders',
  entity_id: randomUUID(),
  event_type: 'note',
  action: 'NOTE',
  from_status: null,
  to_status: 'X',
  comment: null,
  performed_by,
  performed_at_ms: 5,
  metadata: null,
  ...row,
});
