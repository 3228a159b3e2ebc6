import type { BuildStatus } from '../../../main/modules/orders/order-rows.service.ts';
import { bulkId, bulkInsert, bulkWriter } from '../../support/bulk.ts';
import { type AtEnd, type TestStation, testStation } from '../../support/station.ts';

/** Milliseconds of a wall clock in Toronto in winter. */
export const local = (day: string, time = '09:00'): number => Date.parse(`${day}T${time}:00-05:00`);

export interface Life {
  number: string;
  customer: string;
  created_at_ms: number;
  want_on?: string;
  /** After ORDER_CREATED. */
  steps: [BuildStatus, number][];
}
/** A station with builds whose whole lives are given. */
export function stationOf(lives: readonly Life[], atEnd?: AtEnd) {
  const station = testStation({
    roles: ['ORG_ADMIN', 'PLANNER', 'PLANT_MANAGER', 'WAREHOUSE'],
    ...(atEnd && { atEnd }),
  });
  const owner = ownerOf(station);
  const db = bulkWriter(station.folders.database);
  const family = db.prepare('select id from product_models order by family limit 1').pluck().get() ?? null;
  bulkInsert(
    db,
    'orders',
    owner,
    lives.map((life, n) => ({
      id: bulkId(1, n),
      plant_id: owner.plant_id,
      order_kind: 'CUSTOMER_BUILD',
      order_number: life.number,
      build_number: 'BUILD-001',
      customer_name: life.customer,
      want_on: life.want_on ?? null,
      document_language: 'EN',
      order_status: life.steps.at(-1)?.[0] ?? 'ORDER_CREATED',
      configuration: '{}',
      configuration_revision: 1,
      created_at_ms: life.created_at_ms,
      product_model_id: n % 2 === 0 ? family : null,
    })),
  );
  const moves = lives.flatMap((life, n) => {
    const all: [BuildStatus, number][] = [['ORDER_CREATED', life.created_at_ms], ...life.steps];
    return all.map(([to_status, at_ms], at) => ({
      n,
      to_status,
      at_ms,
      from_status: all[at - 1]?.[0] ?? null,
    }));
  });
  bulkInsert(
    db,
    'workflow_history',
    owner,
    moves.map(({ n, to_status, from_status, at_ms }, at) => ({
      id: bulkId(2, at),
      entity_type: 'orders',
      entity_id: bulkId(1, n),
      event_type: from_status === null ? 'start' : 'transition',
      action: 'STATUS_UPDATED',
      from_status,
      to_status,
      performed_by: owner.user_id,
      performed_at_ms: at_ms,
    })),
  );
  return { station, owner, db, planner: station.session('PLANNER') };
}
function ownerOf(station: TestStation) {
  const found = station.readAsSystem(ctx =>
    ctx.sql.get<{ plant_id: string; user_id: string }>(
      "select p.id as plant_id, u.id as user_id from plants p, users u where u.username = 'planner'",
    ),
  );
  if (!found) throw new Error('no plant');
  return { organization_id: station.organization_id, at_ms: station.clock.now_ms(), ...found };
}
