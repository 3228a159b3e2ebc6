import { expect, test } from 'vitest';
import { work_centers } from '../../../db/schema/tracking.ts';
import { plantOf } from '../../../main/modules/catalogue/plant.service.ts';
import { ask } from '../../support/station.ts';
import { buildOnTheFloor } from './work-support.ts';

test('a build booked in where it is assembled is begun, by its number, its label or its work order', () => {
  const { station, admin, order_id, generate, work } = buildOnTheFloor();
  const centers = station.asSystem('test.centers', ctx =>
    (['ASSEMBLY', 'QUALITY_CHECK'] as const).map(
      work_center_type =>
        ctx.insert(work_centers, {
          plant_id: plantOf(ctx),
          work_center_code: work_center_type.slice(0, 5),
          work_center_name: work_center_type,
          work_center_type,
          flow_position: 1,
        }).id,
    ),
  );
  const [assembly, quality] = centers;
  const book = (order_number: string, work_center_id = assembly, movement_type: 'IN' | 'OUT' = 'IN') => {
    ask(station, admin, 'tracking.book', {
      movement_type,
      confirm_negative: true,
      rows: [{ work_center_id: work_center_id ?? null, order_number, quantity: 1, remark: '' }],
    });
    return state();
  };
  const state = () =>
    station.readAsSystem(ctx =>
      ctx.sql.get<{ order_status: string; started_at_ms: number | null; linked: number }>(
        `select order_status, started_at_ms,
           (select count(*) from order_movements m where m.order_id = w.order_id) as linked
         from work_orders w where order_id = ?`,
        [order_id],
      ),
    );
  generate();
  const number = work().work_order?.work_order_number ?? '';
  const { order_number, build_number } = work();
  expect(book(`${order_number}/${build_number}`, quality)).toEqual({
    order_status: 'RELEASED',
    started_at_ms: null,
    linked: 1,
  });
  const begun_at_ms = station.clock.now_ms();
  expect(book(` ${number.toLowerCase()} `)).toEqual({
    order_status: 'IN_PROGRESS',
    started_at_ms: begun_at_ms,
    linked: 2,
  });
  // Arriving again, or leaving, changes nothing.
  station.clock.forward(60_000);
  expect(book(number)).toMatchObject({ order_status: 'IN_PROGRESS', started_at_ms: begun_at_ms });
  expect(book(number, assembly, 'OUT')).toMatchObject({ order_status: 'IN_PROGRESS', linked: 4 });

  expect(work().work_order).toEqual({
    work_order_number: number,
    status: 'IN_PROGRESS',
    started_at_ms: begun_at_ms,
    completed_at_ms: null,
  });
  const floor = (asked: object) => ask(station, admin, 'production.workBuilds', asked);
  expect(floor({ work_order_status: 'IN_PROGRESS' })).toMatchObject({
    builds: [{ order_id, work_order_number: number, work_order_status: 'IN_PROGRESS' }],
    total: 1,
    statuses: [{ status: 'IN_PROGRESS', builds: 1 }],
  });
  expect(floor({ work_order_status: 'PAUSED' })).toMatchObject({ builds: [], total: 0 });
  expect(floor({ offset: 1 })).toMatchObject({ builds: [], total: 1 });
});
