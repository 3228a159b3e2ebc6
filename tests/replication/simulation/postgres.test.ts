import type { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { parentsFirst } from '../../../db/kit/parents-first.ts';
import { canonical } from '../../../main/platform/canonical.ts';
import type { Row } from '../../../main/platform/row-changes.ts';
import type { Outcome, Unit, UnitChange } from '../../../main/replication/wire.ts';
import { newCentre } from '../central/support.ts';
import { heal, stationsOf } from './run.ts';
import { travelling } from './virtual-station.ts';
import { type Action, type CentreCall, type Step, stepsOf, World } from './world.ts';

/** A restored centre or a copied station has histories of its own; they are the model's alone. */
const NOT_HERE: readonly Action[] = ['restore_centre', 'back_up_centre', 'revoke', 'roll_back', 'clone'];
const TRAIL = 'audit_logs';
/** Every history begins with stations that make the same row, sign the same record and write on it when it is signed. */
const MEETING: Step[] = [
  [0, 'keepOwnView'],
  [1, 'keepOwnView'],
  [0, 'signInspection'],
  [1, 'signInspection'],
  [2, 'noteOnInspection'],
  [2, 'removeInspection'],
].map(([place, intent]) => ({ action: 'command', place: Number(place), seed: 1, intent: String(intent) }));
const steps = (seed: number): Step[] => [
  ...MEETING,
  ...stepsOf(seed, 90).filter(s => !NOT_HERE.includes(s.action)),
];

interface Recorded extends CentreCall {
  outcomes: Outcome[];
}
/** What reached the model centre, in its order, with what became of every unit. */
async function recorded(
  seed: number,
): Promise<{ world: World; calls: Recorded[]; first: Map<string, Row[]> }> {
  const world = new World(stationsOf(seed));
  onTestFinished(() => world.close());
  const first = new Map([...world.centre.state.rows].map(([table, rows]) => [table, [...rows.values()]]));
  const calls: Recorded[] = [];
  world.onCall = (call, value) => {
    if (call.name !== 'push' && call.name !== 'park') return;
    calls.push({ ...call, outcomes: (value as { outcomes: Outcome[] } | undefined)?.outcomes ?? [] });
  };
  for (const step of steps(seed)) await world.perform(step);
  await heal(world);
  return { world, calls, first };
}

const told = (o: Outcome): string =>
  `${o.unit_no} ${o.unit_id} ${o.outcome} ${(o.detail as { code?: string } | null)?.code ?? ''}`.trim();

test.each([11, 12, 13, 14, 15, 16])('history %i ends on PostgreSQL as in the model', async seed => {
  const { world, calls, first } = await recorded(seed);
  const centre = await newCentre();
  onTestFinished(() => centre.close());
  const organization_id = await centre.organization(`SIM${seed}`);
  const origin = await centre.station(organization_id, 'ORIGIN');
  await origin.send(firstUnits(first).map(change => origin.unit([change])));
  // The model begins with one commit; here there were some before.
  const ahead = (await origin.pullAll()).at(-1)?.to_seq ?? 0;
  const stations = new Map<string, Awaited<ReturnType<typeof centre.station>>>();
  for (const { login, params, name, outcomes } of calls) {
    const client_id = String(params[0]);
    let station = stations.get(login);
    if (!station) {
      station = await centre.station(organization_id, login);
      stations.set(login, station);
    }
    if (station.client_id !== client_id) {
      station.client_id = client_id as typeof station.client_id;
      station.nonce = null;
      await station.hello();
    }
    const sent: Unit | Unit[] = JSON.parse(String(params[1]));
    const later = (unit: Unit): Unit => ({ ...unit, seen_seq: unit.seen_seq + ahead - 1 });
    const units = Array.isArray(sent) ? sent.map(later) : later(sent);
    const answer = await station.call<{ outcomes: Outcome[] }>(name, client_id, JSON.stringify(units));
    expect(answer.outcomes.map(told), world.trace.join('\n')).toEqual(outcomes.map(told));
  }
  await nothingIsTold(centre, world);
  for (const def of travelling) {
    if (def.name === 'conflicts') continue;
    const there = await rowsOf(centre.operator, def.name);
    const here = [...(world.centre.state.rows.get(def.name)?.values() ?? [])];
    const wanted = here.map(row => textOf(row, there[0] ?? row)).sort();
    const made = there.map(row => textOf(row, row));
    if (def.name === TRAIL) expect(made).toEqual(expect.arrayContaining(wanted));
    else expect({ [def.name]: made.sort() }).toEqual({ [def.name]: wanted });
  }
});

/** I14: a station of another organization gets no row, no checksum and no trace of an id, whatever it asks for. */
async function nothingIsTold(centre: Awaited<ReturnType<typeof newCentre>>, world: World): Promise<void> {
  const spy = await centre.station(await centre.organization('SPY'), 'SPY');
  await spy.client.query("select set_config('app.current_organization_id', '1', false)");
  const told: unknown[] = [await spy.pullAll()];
  for (const def of travelling.filter(d => d.sync.to !== 'shared')) {
    const ids = [...(world.centre.state.rows.get(def.name)?.keys() ?? [])];
    const answer = await spy.call<{ id: string; state: string }[]>('exists', def.name, ids);
    expect(answer.filter(({ state }) => state !== 'unknown')).toEqual([]);
    const { buckets } = await spy.call<{ buckets: unknown[] }>('digest', def.name);
    expect(buckets).toEqual([]);
    told.push(await spy.call('snapshot_page', spy.client_id, def.name, null, 1000));
  }
  const text = JSON.stringify(told);
  for (const rows of world.centre.state.rows.values())
    for (const id of rows.keys()) expect(text).not.toContain(id);
}

/** Every row as the unit that a joining station would make of it; what points to a later row follows. */
function firstUnits(first: ReadonlyMap<string, Row[]>): UnitChange[] {
  const follow: UnitChange[] = [];
  const rows = parentsFirst(travelling).flatMap(def =>
    (first.get(def.name) ?? []).map((row): UnitChange => {
      const { row_version, ...patch } = row;
      const common = { table: def.name, id: String(row.id), base_version: null, base: null };
      if (typeof patch.bom_id === 'string') {
        const { bom_id } = patch;
        follow.push({ ...common, op: 'U', base_version: 1, base: { bom_id: null }, patch: { bom_id } });
        return { ...common, op: 'J', patch: { ...patch, bom_id: null } };
      }
      return { ...common, op: 'J', patch };
    }),
  );
  return [...rows, ...follow];
}

async function rowsOf(operator: Client, table: string): Promise<Row[]> {
  const { rows } = await operator.query<{ row: Row }>(`select to_jsonb(t) as row from public.${table} t`);
  return rows.map(({ row: { organization_id, ...row } }) => row);
}
/** Stamps of the centre differ by the second; everything else is compared. */
const textOf = (row: Row, like: Row): string =>
  canonical(Object.fromEntries(Object.keys(like).map(key => [key, row[key] ?? null])));
