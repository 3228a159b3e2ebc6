import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Id } from '../../../db/kit/columns.ts';
import { electronic_signatures } from '../../../db/schema/identity.ts';
import { orders } from '../../../db/schema/orders.ts';
import { inspection_logs, inspection_measurements } from '../../../db/schema/quality.ts';
import { plantOf } from '../../../main/modules/catalogue/plant.service.ts';
import { oneBasin } from '../../modules/orders/order-support.ts';
import { attachDrawing, blank, fillForm, signInput } from '../../modules/quality/inspection-support.ts';
import { ask, PASSWORD, peopleFor, signIn } from '../../support/station.ts';
import '../../support/properties.ts';
import {
  noProgress,
  type OfflineStation,
  offlineStation,
  rowsOf,
  testCentre,
  untilQuiet,
} from './support.ts';

const TABLES = [inspection_logs, inspection_measurements, electronic_signatures];
const ADMIN = { username: 'org_admin', password: PASSWORD };
let made = 0;
/** A build that waits for pre-QC, with its drawing. */
function newBuild({ station }: OfflineStation): Id<'orders'> {
  const order = station.asSystem('test.build', ctx =>
    ctx.insert(orders, {
      plant_id: plantOf(ctx),
      order_kind: 'CUSTOMER_BUILD',
      order_number: `PO-${++made}`,
      build_number: 'BUILD-001',
      customer_name: 'Lakeshore',
      order_status: 'READY_FOR_PRE_QC',
      product_model_id:
        ctx.sql.get<{ id: Id<'product_models'> }>("select id from product_models where family = 'MDRD'")
          ?.id ?? null,
      configuration: oneBasin,
    }),
  );
  attachDrawing(station, order.id);
  return order.id;
}
type Work = 'passes' | 'fails' | 'answers';
/** One person at one station: fills the form, or finds a fault, and signs. Answers whether a signature was given. */
function work({ station }: OfflineStation, order_id: Id<'orders'>, kind: Work): boolean {
  const session = signIn(station, ADMIN.username);
  const reply = station.serve(session, 'quality.openForm', { order_id, plan_type: 'PRE_QC' });
  if (!reply.ok) return false;
  const log_id = fillForm(station, session, order_id, 'PRE_QC', {
    ...(kind === 'passes' ? {} : { P07: { ...blank, measured_text: kind === 'fails' ? 'NO' : 'YES' } }),
    ...(kind === 'answers' ? { P01: null } : {}),
  });
  if (kind === 'answers') return false;
  return station.serve(
    session,
    'quality.signForm',
    signInput(log_id, ADMIN, kind === 'fails' ? 'FAIL' : 'PASS'),
  ).ok;
}
const signedOf = ({ station }: OfflineStation, order_id: string) =>
  station.readAsSystem(ctx =>
    ctx.sql.all<{ attempt_no: number; overall_result: string }>(
      "select attempt_no, overall_result from inspection_logs where order_id = ? and status = 'SIGNED' and revision_no = 1 order by attempt_no",
      [order_id],
    ),
  );
const conflictsAt = ({ station }: OfflineStation): number =>
  station.readAsSystem(
    ctx => ctx.sql.get<{ n: number }>("select count(*) as n from conflicts where state = 'OPEN'")?.n ?? 0,
  );

const kinds = fc.constantFrom<Work>('passes', 'fails', 'answers');
test('two stations that answer one form meet in one signed result, or in a conflict that a person sees', {
  timeout: 240_000,
}, async () => {
  const centre = await testCentre();
  const first = offlineStation();
  peopleFor(first.station, ['ORG_ADMIN']);
  await first.station.replication.join(await centre.code('K1'), true, noProgress);
  const second = offlineStation();
  await second.station.replication.join(await centre.code('K2'), false, noProgress);
  const both = [first, second] as const;
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(kinds, kinds),
      fc.boolean(),
      fc.boolean(),
      async (works, isSeenBetween, isReversed) => {
        const order_id = newBuild(first);
        await untilQuiet(both);
        const before = conflictsAt(first);
        const stations = isReversed ? [second, first] : both;
        const signed: boolean[] = [];
        for (const [at, station] of stations.entries()) {
          signed.push(work(station as OfflineStation, order_id, works[at] ?? 'answers'));
          if (isSeenBetween) await untilQuiet(both);
        }
        await untilQuiet(both);
        const [here, there] = both.map(s => signedOf(s, order_id));
        expect(here).toEqual(there);
        expect(new Set(here?.map(r => r.attempt_no)).size).toBe(here?.length);
        const lost = signed.filter(Boolean).length - (here?.length ?? 0);
        if (lost > 0) expect(conflictsAt(first)).toBeGreaterThan(before);
        const [left, right] = both.map(s => rowsOf(s, TABLES));
        expect([...(left ?? [])].sort()).toEqual([...(right ?? [])].sort());
        for (const { station } of both)
          expect(
            ask(station, signIn(station, ADMIN.username), 'quality.verify', { order_id }).findings,
          ).toEqual([]);
      },
    ),
    {
      numRuns: 6,
      examples: [
        [['passes', 'fails'], false, false],
        [['passes', 'answers'], false, true],
      ],
    },
  );
});
