import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { Figure } from '../harness.ts';
import { TOOL_NAMES } from '../peers/rows.ts';
import { type Bed, openBed, TOOL_COLUMNS } from './bed.ts';

const LOOK_MS = 3000;
const insert = `insert into TABLE (${TOOL_COLUMNS}) values ($1, $2, $3, '${JSON.stringify(TOOL_NAMES)}', null, null, true, 1, 1, $1, 1, $1)`;

/** Commits a second of so many writers, each one row a commit, spread over the organizations. */
async function commitsPerSecond(
  bed: Bed,
  table: string,
  writers: number,
  organizations: readonly number[],
): Promise<number> {
  const clients = await Promise.all(
    Array.from({ length: writers }, async (_, at) => {
      const client = new Client({ connectionString: bed.url });
      await client.connect();
      const organization_id = organizations[at % organizations.length] ?? 0;
      await client.query("select set_config('app.current_organization_id', $1, false)", [
        String(organization_id),
      ]);
      return { client, organization_id };
    }),
  );
  const until = performance.now() + LOOK_MS;
  let commits = 0;
  await Promise.all(
    clients.map(async ({ client, organization_id }) => {
      while (performance.now() < until) {
        const id = randomUUID();
        await client.query({
          name: table,
          text: insert.replace('TABLE', table),
          values: [id, organization_id, `${table} ${id}`],
        });
        commits += 1;
      }
    }),
  );
  await Promise.all(clients.map(({ client }) => client.end()));
  return commits / (LOOK_MS / 1000);
}

/** B7: what the unbroken numbering of commits costs those who write. */
export async function sealing(): Promise<Figure[]> {
  const bed = await openBed();
  try {
    const four = [bed.organization_id];
    for (const name of ['SECOND', 'THIRD', 'FOURTH']) four.push(await bed.organization(name));
    await bed.centre.query('create table public.floor_tools (like public.tools including all)');
    const figures: Figure[] = [];
    let flushes = 0;
    for (const writers of [1, 8, 32])
      for (const organizations of writers === 1 ? [four.slice(0, 1)] : [four.slice(0, 1), four]) {
        const floor = await commitsPerSecond(bed, 'public.floor_tools', writers, organizations);
        // A single writer waits for one flush a commit, as commits of one organization do under its lock.
        if (writers === 1) flushes = floor;
        const measured = await commitsPerSecond(bed, 'public.tools', writers, organizations);
        figures.push({
          work: `B7 commits of ${writers} writers in ${organizations.length} organizations`,
          measured,
          unit: '/s',
          target:
            writers === 1 ? floor / 2 : organizations.length === 1 ? Math.min(1000, flushes * 0.7) : null,
          more_is_better: true,
          floor,
          floor_is: 'the same rows into a table without history',
          note: '',
        });
      }
    return figures;
  } finally {
    await bed.remove();
  }
}
