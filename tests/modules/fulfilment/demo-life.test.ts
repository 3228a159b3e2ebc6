import { expect, onTestFinished, test } from 'vitest';
import { compose } from '../../../main/compose.ts';
import { liveDemoPlant } from '../../../main/demo-life.ts';
import { installDemoPlant } from '../../../main/demo-plant.ts';
import { silentLog } from '../../../main/platform/log.ts';
import { buildStatus } from '../../../preload/contract/orders.ts';
import { ask, signIn, temporaryFolder } from '../../support/station.ts';

test('the demo plant has builds at every step, signed records that verify and work for everybody', async () => {
  const station = compose({ data_folder: temporaryFolder(), log: silentLog, check_outputs: true });
  onTestFinished(() => station.close());
  await installDemoPlant(station);
  await liveDemoPlant(station);

  const coordinator = signIn(station, 'a.roy', 'demo-planner-2026');
  const { stages, figures, late, issues } = ask(station, coordinator, 'fulfilment.dashboard', {
    queue: 'coordination',
  });
  expect(stages.map(stage => stage.status)).toEqual(buildStatus.options.filter(s => s !== 'SHIPPED'));
  for (const { status, builds } of stages) expect(builds, status).toBeGreaterThan(0);
  expect(figures.find(figure => figure.key === 'shipped')?.value).toBe(1);
  expect(late.length).toBeGreaterThan(0);
  expect(issues).toMatchObject([{ ncr_type: 'SHORTAGE', status: 'OPEN' }]);
  expect(ask(station, coordinator, 'fulfilment.outsourced', { only_open: true }).overdue).toBeGreaterThan(0);
  expect(ask(station, coordinator, 'quality.verify', {})).toMatchObject({ findings: [] });

  // Everybody's queue of inspections holds the forms this person fills; who only reads sees all.
  const waiting = (session: string) =>
    new Set(ask(station, session, 'quality.queue', {}).rows.map(row => row.plan_type));
  const inspector = signIn(station, 's.lindqvist', 'demo-inspector-1');
  expect(waiting(inspector)).toEqual(new Set(['PRE_QC', 'FINAL_QC']));
  expect(waiting(coordinator)).toEqual(new Set(['PRE_QC', 'FINAL_QC', 'IN_PROCESS', 'TEST', 'PACKAGING']));

  const assembler = signIn(station, 'r.hashimoto', 'demo-operator-two');
  expect(waiting(assembler)).toEqual(new Set(['IN_PROCESS', 'TEST', 'PACKAGING']));
  const { builds } = ask(station, assembler, 'production.workBuilds', {});
  expect(builds.map(build => [build.order_number, build.is_mine, build.can_claim])).toEqual(
    expect.arrayContaining([
      ['PO-260093', true, false],
      ['PO-260093', false, true],
    ]),
  );
  const started = builds.find(build => build.is_mine && build.order_status === 'READY_FOR_PRODUCTION');
  expect(started?.progress.done).toBe(11);
  expect(started?.progress.required_open).toBeGreaterThan(0);

  // Nobody did anything later than now, and each build went its way forward in time.
  const moves = station.readAsSystem(ctx =>
    ctx.sql.all<{ steps: number; crossed: number; ahead: number }>(
      `select count(*) as steps, coalesce(sum(at_ms < before_ms), 0) as crossed, coalesce(sum(at_ms > ?), 0) as ahead from (
         select performed_at_ms as at_ms, lag(performed_at_ms) over (partition by entity_id order by rowid) as before_ms
         from workflow_history where entity_type = 'orders')`,
      [Date.now()],
    ),
  );
  expect(moves).toMatchObject([{ crossed: 0, ahead: 0 }]);
});
