import { createReadStream, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Id } from '../db/kit/columns.ts';
import type { PlanType } from '../preload/contract/inspection.ts';
import { ncrCategory } from '../preload/contract/ncr-categories.ts';
import { buildStatus } from '../preload/contract/orders.ts';
import type { Station } from './compose.ts';
import { fillForm, signPassed } from './demo-forms.ts';
import { approveBom } from './modules/bom/approval.service.ts';
import { headersOf } from './modules/bom/bom-rows.service.ts';
import { acknowledgeWarning, bomWarningsOf } from './modules/bom/warnings.service.ts';
import { plantZone } from './modules/catalogue/plant.service.ts';
import { claim } from './modules/fulfilment/assignment.service.ts';
import { reportShortage } from './modules/fulfilment/issues.service.ts';
import { bodyArrived, sendParts } from './modules/fulfilment/procurement.service.ts';
import { move } from './modules/fulfilment/transitions.service.ts';
import { demoAccounts } from './modules/identity/demo-accounts.service.ts';
import { registerFile } from './modules/infrastructure/files.service.ts';
import { markAllRead } from './modules/infrastructure/notifications.service.ts';
import { itemsOfOrder } from './modules/logistics/outsourcing.service.ts';
import { orderFile } from './modules/orders/order-file.rules.ts';
import { createOrderFromFile } from './modules/orders/order-file.service.ts';
import { orderRow } from './modules/orders/order-rows.service.ts';
import { completeTask, confirmTask, startTask } from './modules/production/work.service.ts';
import { listOf } from './modules/production/work-rows.service.ts';
import { saveInstrument } from './modules/quality/instruments.service.ts';
import { captureSerial, serials } from './modules/traceability/serials.service.ts';
import { addDays, startOfDay } from './platform/days.ts';
import type { CommandCtx } from './rpc/context.ts';

type Status = z.output<typeof buildStatus>;
/** How far a build of the demo plant came: days before the installation on which it reached each status. */
const life = z.strictObject({
  reached: z.partialRecord(buildStatus, z.int().min(1)),
  assembler: z.string().optional(),
  /** Done of the task list while the build is in production. */
  tasks_done: z.int().optional(),
  shortage: z.strictObject({ category: ncrCategory, description: z.string() }).optional(),
});
type Life = z.output<typeof life>;
export const livesFile = z.array(z.strictObject({ order: orderFile, lives: z.array(life) }));

const [COORDINATOR, PROCUREMENT, INSPECTOR] = ['a.roy', 'j.castillo', 's.lindqvist'];
const FIRST_HOUR = 9;
const MINUTE_MS = 60_000;
const BETWEEN_ACTS_MS = 5 * MINUTE_MS;
const MESSAGES_READ_DAYS_AGO = 3;
/** These builds are small, and made by people who made many. */
const SHARE_OF_ESTIMATE = 0.25;

/** One thing somebody did at a moment; the next act of the same build comes a little later. */
interface Act {
  username: string;
  intent: string;
  /** Called again after the minutes it gives, until it gives none. */
  run(ctx: CommandCtx, order_id: Id<'orders'>): unknown;
}
interface PlannedStep {
  at_ms: number;
  take(at_ms: number): Promise<void> | void;
}

/** Gives the demo plant builds at every step of their life: what people did in the weeks before, by the commands of the screens. */
export async function liveDemoPlant(station: Station): Promise<void> {
  const folder = path.join(station.program.resources, 'demo-plant');
  const lives = livesFile.parse(JSON.parse(readFileSync(path.join(folder, 'lives.json'), 'utf8')));
  const { passwords, dayStart, now_ms } = station.readAsSystem(ctx => {
    const zone = plantZone(ctx, ctx.actor.plant_id);
    const today = ctx.today();
    return {
      now_ms: ctx.now_ms,
      passwords: new Map(demoAccounts(ctx).map(({ username, password }) => [username, password])),
      dayStart: (days_ago: number) => startOfDay(addDays(today, -days_ago), zone),
    };
  });
  const instrument_id = station.asSystem('demo.instruments', addThermometer);
  const forms = { passwords, instrument_id };
  const steps = lives.flatMap(({ order, lives: builds }, row): PlannedStep[] => {
    const order_ids: Id<'orders'>[] = [];
    const at = (days_ago: number) =>
      Math.min(now_ms, dayStart(days_ago) + FIRST_HOUR * 60 * MINUTE_MS + row * 17 * MINUTE_MS);
    const enter: PlannedStep = {
      at_ms: at(daysOf(builds[0], 'ORDER_CREATED')),
      async take(at_ms) {
        const by = { username: COORDINATOR, at_ms };
        const { builds: made } = station.asPerson(by, 'orders.submit', ctx =>
          createOrderFromFile(ctx, order),
        );
        order_ids.push(...made.map(build => build.order_id));
        await attachDrawing(station, by, path.join(folder, DRAWING), order_ids);
      },
    };
    const later = builds.flatMap((build, index) =>
      statusesOf(build).map(
        (status): PlannedStep => ({
          at_ms: at(daysOf(build, status)) + index * 60 * MINUTE_MS,
          take(start_ms) {
            const order_id = order_ids[index];
            if (order_id === undefined) throw new Error(`${order.order_number} has no build ${index + 1}`);
            let at_ms = start_ms;
            for (const { username, intent, run } of actsUpTo(status, build, forms)) {
              const by = () => ({ username, at_ms: Math.min(now_ms, at_ms) });
              let minutes = station.asPerson(by(), intent, ctx => run(ctx, order_id));
              while (typeof minutes === 'number') {
                at_ms += minutes * MINUTE_MS;
                minutes = station.asPerson(by(), intent, ctx => run(ctx, order_id));
              }
              at_ms += BETWEEN_ACTS_MS;
            }
          },
        }),
      ),
    );
    return [enter, ...later];
  });
  const read: PlannedStep = {
    at_ms: dayStart(MESSAGES_READ_DAYS_AGO),
    take(at_ms) {
      for (const username of passwords.keys())
        station.asPerson({ username, at_ms }, 'infrastructure.markAllRead', ctx => void markAllRead(ctx));
    },
  };
  for (const { at_ms, take } of [...steps, read].toSorted((a, b) => a.at_ms - b.at_ms)) await take(at_ms);
}

const statusesOf = ({ reached }: Life): Status[] =>
  buildStatus.options.filter(status => status !== 'ORDER_CREATED' && reached[status] !== undefined);
function daysOf(build: Life | undefined, status: Status): number {
  const days = build?.reached[status];
  if (days === undefined) throw new Error(`a build of the demo plant never reached ${status}`);
  return days;
}

const DRAWING = 'sink-body.pdf';
async function attachDrawing(
  station: Station,
  by: { username: string; at_ms: number },
  file: string,
  order_ids: readonly Id<'orders'>[],
): Promise<void> {
  const ticket = station.transfers.expect(readFileSync(file).length);
  await station.transfers.receive(ticket, createReadStream(file), DRAWING);
  station.asPerson(by, 'infrastructure.registerFile', ctx =>
    registerFile(ctx, {
      ticket,
      original_name: DRAWING,
      links: order_ids.map(entity_id => ({
        entity_type: 'orders',
        entity_id,
        link_role: 'TECHNICAL_DRAWING',
      })),
    }),
  );
}
const addThermometer = (ctx: CommandCtx) =>
  saveInstrument(ctx, {
    instrument_id: null,
    row_version: null,
    instrument: {
      instrument_code: 'TH-7',
      instrument_name: 'Fluke 52 II',
      instrument_type: 'THERMOMETER',
      serial_number: '41170083',
      certificate_number: 'CAL-26-0417',
      last_calibrated_on: addDays(ctx.today(), -120),
      calibration_due_on: addDays(ctx.today(), 245),
      is_active: true,
    },
  }).instrument_id;

interface Forms {
  passwords: ReadonlyMap<string, string>;
  instrument_id: ReturnType<typeof addThermometer>;
}
/** What brings a build to a status, and what was begun there. */
function actsUpTo(status: Status, build: Life, forms: Forms): Act[] {
  const assembler = build.assembler ?? '';
  const step = (username: string, transition_code: string): Act => ({
    username,
    intent: 'fulfilment.move',
    run: (ctx, order_id) => takeStep(ctx, order_id, transition_code),
  });
  const form = (username: string, plan_type: PlanType) => formActs(username, plan_type, forms);
  switch (status) {
    case 'ORDER_CREATED':
      return [];
    case 'PARTS_SENT':
      return [
        { username: PROCUREMENT, intent: 'bom.approve', run: approveNewest },
        { username: PROCUREMENT, intent: 'fulfilment.sendParts', run: sendAll },
      ];
    case 'READY_FOR_PRE_QC':
      return [
        {
          username: PROCUREMENT,
          intent: 'fulfilment.bodyArrived',
          run: (ctx, order_id) => void bodyArrived(ctx, { order_id }),
        },
      ];
    case 'READY_FOR_PRODUCTION':
      return [...form(INSPECTOR, 'PRE_QC'), step(INSPECTOR, 'T4'), ...begunActs(build)];
    case 'TESTING_COMPLETE':
      return [
        ...workActs(assembler, Number.POSITIVE_INFINITY),
        { username: assembler, intent: 'traceability.captureSerial', run: captureAll },
        ...form(assembler, 'IN_PROCESS'),
        ...form(assembler, 'TEST'),
        step(assembler, 'T5'),
      ];
    case 'PACKAGING_COMPLETE':
      return [...form(assembler, 'PACKAGING'), step(assembler, 'T6')];
    case 'READY_FOR_FINAL_QC':
      return [step(assembler, 'T7')];
    case 'READY_FOR_SHIP':
      return [...form(INSPECTOR, 'FINAL_QC'), step(INSPECTOR, 'T8')];
    case 'SHIPPED':
      return [
        {
          username: COORDINATOR,
          intent: 'fulfilment.move',
          run: (ctx, order_id) =>
            takeStep(ctx, order_id, 'T9', {
              carrier_name: 'Northline Freight',
              tracking_number: `NF-${orderRow(ctx, order_id).order_number.slice(-4)}`,
            }),
        },
      ];
  }
}

/** What was begun on a build that stays in production. */
function begunActs({ assembler, tasks_done = 0, shortage, reached }: Life): Act[] {
  if (assembler === undefined || reached.TESTING_COMPLETE !== undefined) return [];
  const begun = workActs(assembler, tasks_done);
  if (shortage)
    begun.push({
      username: assembler,
      intent: 'fulfilment.reportShortage',
      run: (ctx, order_id) => void reportShortage(ctx, { order_id, ...shortage }),
    });
  return begun;
}
const workActs = (username: string, tasks: number): Act[] => [
  {
    username,
    intent: 'fulfilment.claim',
    run: (ctx, order_id) =>
      void claim(ctx, { order_id, expected_version: orderRow(ctx, order_id).row_version }),
  },
  {
    username,
    intent: 'production.completeTask',
    run: (ctx, order_id) => workOn(ctx, order_id, tasks),
  },
];
/** Completes the task that runs and starts the next one; gives the minutes that one takes. */
function workOn(ctx: CommandCtx, order_id: Id<'orders'>, most: number): number | undefined {
  const running = listOf(ctx, order_id)?.tasks.find(task => task.state === 'running');
  if (running) completeTask(ctx, { task_id: running.id, note: '' });
  const tasks = listOf(ctx, order_id)?.tasks ?? [];
  const next = tasks.find(task => task.state === 'ready');
  if (!next || tasks.filter(task => task.state === 'done').length >= most) return undefined;
  confirmTask(ctx, { task_id: next.id, row_ids: [], is_confirmed: true });
  startTask(ctx, { task_id: next.id });
  return Math.ceil(next.estimated_minutes * SHARE_OF_ESTIMATE);
}

function takeStep(ctx: CommandCtx, order_id: Id<'orders'>, transition_code: string, more = {}): void {
  const { row_version } = orderRow(ctx, order_id);
  move(ctx, { order_id, transition_code, expected_version: row_version, waive: false, ...more });
}
function approveNewest(ctx: CommandCtx, order_id: Id<'orders'>): void {
  const [newest] = headersOf(ctx, order_id);
  if (!newest) return;
  const { bom_id } = newest;
  for (const { rule, place } of bomWarningsOf(ctx, { bom_id }).warnings)
    acknowledgeWarning(ctx, { bom_id, rule, place });
  approveBom(ctx, { bom_id: newest.bom_id, expected_version: newest.row_version });
}
function sendAll(ctx: CommandCtx, order_id: Id<'orders'>): void {
  sendParts(ctx, { order_id, shipment_item_ids: itemsOfOrder(ctx, order_id).map(item => item.id) });
}
function captureAll(ctx: CommandCtx, order_id: Id<'orders'>): void {
  const { order_number } = orderRow(ctx, order_id);
  for (const [at, { material_number, basin_index }] of serials(ctx, { order_id }).slots.entries())
    captureSerial(ctx, {
      order_id,
      material_number,
      basin_index,
      task_id: null,
      replaces_id: null,
      captured_with: 'SCAN',
      serial_number: `${order_number.slice(-4)}-${String(at + 1).padStart(3, '0')}`,
    });
}

const formActs = (username: string, plan_type: PlanType, forms: Forms): Act[] => [
  {
    username,
    intent: 'quality.saveAnswer',
    run: (ctx, order_id) => fillForm(ctx, order_id, plan_type, forms.instrument_id),
  },
  {
    username,
    intent: 'quality.signForm',
    run: (ctx, order_id) =>
      void signPassed(ctx, order_id, plan_type, { username, password: forms.passwords.get(username) }),
  },
];
