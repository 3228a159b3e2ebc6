import { parseArgs } from 'node:util';
import { programFolders } from '../compose.ts';
import {
  asOperator,
  type OperatorConnection,
  parseUrl,
  readAuthority,
  tlsFor,
} from '../replication/central/connection.ts';
import { centreSeries, maintainCentre } from '../replication/central/maintenance.ts';
import {
  createReporter,
  enrolStation,
  migrateCentre,
  organizationNamed,
  revokeStation,
  rotateStation,
  stationsToUpdate,
} from '../replication/central/operator.ts';
import { importQueue } from '../replication/central/queue-import.ts';
import { refuse } from '../rpc/refusal.ts';
import { demoCentre } from './centre-demo.ts';
import { bringSeeds, createOrganization } from './centre-seeds.ts';
import { type CentreFound, codeFor } from './enrolment-code.ts';
import { Usage } from './usage.ts';

const OPTIONS = {
  url: { type: 'string' },
  sslmode: { type: 'string' },
  ca: { type: 'string' },
  organization: { type: 'string' },
  station: { type: 'string' },
  plants: { type: 'string' },
  host: { type: 'string' },
  port: { type: 'string' },
  days: { type: 'string', default: '7' },
  code: { type: 'string' },
  name: { type: 'string' },
  'plant-code': { type: 'string' },
  'plant-name': { type: 'string' },
  timezone: { type: 'string', default: 'UTC' },
  currency: { type: 'string', default: 'USD' },
  admin: { type: 'string' },
  'admin-name': { type: 'string' },
  reporter: { type: 'string' },
  seq: { type: 'string' },
  out: { type: 'string' },
  folder: { type: 'string' },
  stations: { type: 'boolean', default: false },
  'drop-past-keeping': { type: 'boolean', default: false },
} as const;
export type CentreValues = ReturnType<
  typeof parseArgs<{ options: typeof OPTIONS; args: string[] }>
>['values'];
type Values = CentreValues;
type TextOption = Exclude<keyof typeof OPTIONS, 'stations' | 'drop-past-keeping'>;
interface CentreCommand {
  usage: string;
  run(client: OperatorConnection, values: Values, rest: string[]): Promise<unknown>;
}

/** The value of an option that the command cannot do without. */
function needed(values: Values, name: TextOption, usage: string): string {
  return values[name] ?? missing(usage);
}
function missing(usage: string): never {
  throw new Usage(`usage: ${usage}`);
}
function daysOf(values: Values): number {
  const days = Number(values.days);
  if (!Number.isInteger(days) || days < 1 || days > 365) throw new Usage('--days wants 1 to 365');
  return days;
}

/** Where stations find the centre. Looked at before a login is made: a code that nobody may use is refused first. */
function centreAddress(values: Values): CentreFound {
  const url = parseUrl(urlOf(values));
  const host = values.host ?? url.hostname;
  const ca = readAuthority(values.ca);
  return {
    host,
    port: Number(values.port ?? (url.port || 5432)),
    database: decodeURIComponent(url.pathname.slice(1)),
    tls: tlsFor(host, values.sslmode),
    ...(ca !== undefined && { ca }),
  };
}
const urlOf = (values: Values): string =>
  values.url ??
  process.env.MILLWRIGHT_CENTRAL_URL ??
  missing('central … --url postgres://USER@HOST/DATABASE');

async function plantIds(client: OperatorConnection, organization_id: number, codes: string | undefined) {
  if (codes === undefined) return null;
  const wanted = codes.split(',').map(code => code.trim());
  await client.query("select set_config('app.current_organization_id', $1, false)", [
    String(organization_id),
  ]);
  const { rows } = await client.query<{ id: string; plant_code: string }>(
    'select id, plant_code from plants where organization_id = $1 and plant_code = any ($2)',
    [organization_id, wanted],
  );
  await client.query("select set_config('app.current_organization_id', '', false)");
  const unknown = wanted.find(code => !rows.some(r => r.plant_code === code));
  if (unknown !== undefined) return refuse('plant_unknown', { plant: unknown });
  return rows.map(r => r.id);
}

const STATUS = `
  select s.org_code, s.org_name, (sync.head(s.stream)).seq::int as head_seq, s.floor_seq::int, s.backed_up_seq::int,
    sync.station_list(s.stream) as stations,
    (select count(*)::int from sync.parked p where p.organization_id = s.stream) as waiting_units,
    (select count(*)::int from sync.units u where u.organization_id = s.stream and u.outcome in ('conflict', 'rejected', 'parked')) as not_applied
  from sync.streams s order by s.stream`;

const commands: Record<string, CentreCommand> = {
  init: {
    usage: 'central init',
    run: async client => ({ steps: await migrateCentre(client, programFolders().migrations) }),
  },
  migrate: {
    usage: 'central migrate',
    run: async client => ({
      steps: await migrateCentre(client, programFolders().migrations),
      seeds: await bringSeeds(client),
      stations_to_update: await stationsToUpdate(client),
    }),
  },
  status: {
    usage: 'central status',
    async run(client) {
      const server = await client.query(
        'select epoch, schema_version, min_pull_version as oldest_program from sync.server',
      );
      const { rows } = await client.query(STATUS);
      return { ...server.rows[0], organizations: rows, time_series: await centreSeries(client) };
    },
  },
  'create-organization': {
    usage:
      'central create-organization --code CODE --name NAME --plant-code CODE --plant-name NAME [--timezone ZONE] [--currency USD] --admin USERNAME --admin-name NAME',
    run(client, values) {
      const value = (name: TextOption) => needed(values, name, this.usage);
      return createOrganization(client, {
        org_code: value('code'),
        org_name: value('name'),
        plant_code: value('plant-code'),
        plant_name: value('plant-name'),
        timezone: values.timezone,
        currency_code: values.currency,
        admin: value('admin'),
        admin_name: value('admin-name'),
      });
    },
  },
  'enroll-station': {
    usage:
      'central enroll-station --organization CODE --station CODE [--plants A,B] [--days 7] [--host HOST --port PORT --sslmode verify-full|disable --ca FILE]',
    async run(client, values) {
      const organization_id = await organizationNamed(client, needed(values, 'organization', this.usage));
      const station_code = needed(values, 'station', this.usage);
      const address = centreAddress(values);
      const login = await enrolStation(client, {
        organization_id,
        station_code,
        plant_ids: await plantIds(client, organization_id, values.plants),
        valid_days: daysOf(values),
      });
      return { station: station_code, code: codeFor(address, login, daysOf(values)) };
    },
  },
  'revoke-station': {
    usage: 'central revoke-station --organization CODE --station CODE',
    async run(client, values) {
      const organization_id = await organizationNamed(client, needed(values, 'organization', this.usage));
      const station = needed(values, 'station', this.usage);
      await revokeStation(client, organization_id, station);
      return { station, state: 'revoked' };
    },
  },
  rotate: {
    usage: 'central rotate --organization CODE --station CODE [--days 7]',
    async run(client, values) {
      const organization_id = await organizationNamed(client, needed(values, 'organization', this.usage));
      const station = needed(values, 'station', this.usage);
      const address = centreAddress(values);
      const login = await rotateStation(client, organization_id, station, daysOf(values));
      return { station, code: codeFor(address, login, daysOf(values)) };
    },
  },
  'create-reporter': {
    usage: 'central create-reporter --organization CODE --reporter NAME',
    async run(client, values) {
      const organization_id = await organizationNamed(client, needed(values, 'organization', this.usage));
      return createReporter(client, organization_id, needed(values, 'reporter', this.usage));
    },
  },
  maintain: {
    usage: 'central maintain [--drop-past-keeping]',
    run: (client, values) => maintainCentre(client, values['drop-past-keeping']),
  },
  'mark-backup': {
    usage: 'central mark-backup --organization CODE --seq N',
    async run(client, values) {
      const organization_id = await organizationNamed(client, needed(values, 'organization', this.usage));
      const seq = needed(values, 'seq', this.usage);
      if (!/^\d{1,15}$/.test(seq)) throw new Usage('--seq wants the number of a commit');
      const { rows } = await client.query('select sync.mark_backup($1, $2)::int as seq', [
        organization_id,
        seq,
      ]);
      return { backed_up_seq: rows[0]?.seq };
    },
  },
  'import-queue': {
    usage: 'central import-queue FILE --out ANSWER',
    run(client, values, rest) {
      return importQueue(client, rest[0] ?? missing(this.usage), needed(values, 'out', this.usage));
    },
  },
};
export const centreUsages = [
  ...Object.values(commands).map(c => c.usage),
  'central demo [--folder DIR] [--stations]',
];

/** `central …`: what an operator does at the PostgreSQL side. */
export async function runCentral(
  args: string[],
  tell: (message: string) => void,
  print: (value: unknown) => void,
): Promise<void> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  const [word = '', ...rest] = positionals;
  if (word === 'demo') return demoCentre(values, tell, print);
  const command = Object.hasOwn(commands, word) ? commands[word] : undefined;
  if (!command) throw new Usage(`usage:\n${centreUsages.map(u => `  ${u}`).join('\n')}`);
  // With another --host, --sslmode speaks of the way of the stations and not of this connection.
  const sslmode = values.host === undefined ? values.sslmode : undefined;
  print(
    await asOperator({ url: urlOf(values), sslmode, ca: values.ca }, client =>
      command.run(client, values, rest),
    ),
  );
}
