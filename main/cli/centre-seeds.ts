import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { schema } from '../../db/schema/index.ts';
import { readMigrations } from '../../db/sqlite/migrate.ts';
import { compose, programFolders, type Station } from '../compose.ts';
import { installOrganization } from '../modules/identity/installation.service.ts';
import { silentLog } from '../platform/log.ts';
import { bringRows } from '../replication/central/bring-rows.ts';
import type { OperatorConnection } from '../replication/central/connection.ts';
import { atomically, newPassword, organizationNamed } from '../replication/central/operator.ts';
import { refuse } from '../rpc/refusal.ts';

/** A station that exists for the length of one command: what it is born with is what the centre needs. */
async function withBornStation<T>(work: (station: Station) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'millwright-centre-'));
  try {
    const station = compose({ data_folder: folder, log: silentLog });
    try {
      return await work(station);
    } finally {
      await station.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
const rowsOf = (station: Station, with_trail: boolean) => ({
  file: station.folders.database,
  tables: Object.values(schema),
  with_trail,
  schema_version: readMigrations(path.join(programFolders().migrations, 'postgres')).length,
});

/** Rows that a new release ships, brought to every organization; those that are there stay as they are. */
export async function bringSeeds(
  client: OperatorConnection,
): Promise<Record<string, { brought: number; kept: number; refused: number }>> {
  const { rows } = await client.query<{ stream: number; org_code: string }>(
    'select stream, org_code from sync.streams order by stream',
  );
  if (rows.length === 0) return {};
  return withBornStation(async station => {
    const brought: Record<string, { brought: number; kept: number; refused: number }> = {};
    for (const { stream, org_code } of rows)
      brought[org_code] = await bringRows(client, stream, rowsOf(station, false), Date.now());
    return brought;
  });
}

export interface NewOrganization {
  org_code: string;
  org_name: string;
  plant_code: string;
  plant_name: string;
  timezone: string;
  currency_code: string;
  admin: string;
  admin_name: string;
}
/** A tenant with everything a new station has, a first plant and an administrator whose password is told once and must be changed. */
export async function createOrganization(client: OperatorConnection, wanted: NewOrganization) {
  const password = newPassword().slice(0, 20);
  const pin = String(
    100_000 + (Number.parseInt(Buffer.from(newPassword()).toString('hex').slice(0, 10), 16) % 900_000),
  );
  const organization_id = await filledOrganization(
    client,
    wanted.org_code,
    wanted.org_name,
    async station => {
      station.asSystem('centre.create_organization', ctx =>
        installOrganization(ctx, {
          organization: { org_code: wanted.org_code, org_name: wanted.org_name },
          plants: [
            {
              plant_code: wanted.plant_code,
              plant_name: wanted.plant_name,
              location: '',
              timezone: wanted.timezone,
              currency_code: wanted.currency_code,
            },
          ],
          departments: [],
          people: [
            {
              username: wanted.admin,
              full_name: wanted.admin_name,
              initials: wanted.admin.slice(0, 3).toUpperCase(),
              email: '',
              locale: 'en',
              plant_code: wanted.plant_code,
              department: '',
              roles: ['ORG_ADMIN'],
              pin,
              demo_password: password,
              must_change_password: true,
            },
          ],
        }),
      );
    },
  );
  return { organization: wanted.org_code, organization_id, administrator: wanted.admin, password, pin };
}

/** The shipped plant with its people, catalogue and orders. */
export async function createDemoOrganization(client: OperatorConnection): Promise<number> {
  const { demoPlant, installDemoPlant } = await import('../demo-plant.ts');
  const { org_code, org_name } = demoPlant(programFolders().resources).organization;
  return filledOrganization(client, org_code, org_name, installDemoPlant);
}

/** All or nothing: an organization exists with its rows or not at all. */
async function filledOrganization(
  client: OperatorConnection,
  org_code: string,
  org_name: string,
  fill: (station: Station) => Promise<void>,
): Promise<number> {
  const known = await organizationNamed(client, org_code).catch(() => null);
  if (known !== null) return refuse('organization_exists', { organization: org_code });
  return withBornStation(async station => {
    await fill(station);
    return atomically(client, async () => {
      const { rows } = await client.query<{ n: number }>('select sync.create_organization($1, $2) as n', [
        org_code,
        org_name,
      ]);
      const organization_id = rows[0]?.n ?? 0;
      const { refused } = await bringRows(client, organization_id, rowsOf(station, true), Date.now());
      if (refused > 0) return refuse('rows_refused', { count: refused });
      return organization_id;
    });
  });
}
