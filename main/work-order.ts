import path from 'node:path';
import { parentPort } from 'node:worker_threads';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { openReader } from '../db/sqlite/open.ts';
import { permissionCheckOf } from './modules/identity/subjects.service.ts';
import { works } from './modules/works.ts';
import type { WorkMessage, WorkOrder } from './platform/jobs.ts';
import { silentLog } from './platform/log.ts';
import type { JobCtx } from './rpc/handlers.ts';
import { readOnlyContext } from './rpc/query-context.ts';
import { failureOf } from './rpc/serve.ts';
import { statementsOf } from './rpc/statements.ts';

const tell = (message: WorkMessage) => parentPort?.postMessage(message);
/** Each report makes the page paint: five a second are as much as a person sees. */
const REPORT_EVERY_MS = 200;
const last = { phase: '', told_ms: 0 };
function report(phase: string, done: number, total: number): void {
  const now_ms = performance.now();
  if (phase === last.phase && now_ms - last.told_ms < REPORT_EVERY_MS) return;
  Object.assign(last, { phase, told_ms: now_ms });
  tell({ kind: 'progress', phase, done, total });
}

/** What a job thread does: read-only database, one job, one answer. */
export async function carryOut(order: WorkOrder): Promise<void> {
  const reader = openReader(order.database);
  try {
    const work = works[order.work];
    if (!work) throw new Error(`no job named ${order.work}`);
    tell({ kind: 'made', value: await work(contextOf(order, reader), order.input as never) });
  } catch (error) {
    const failure = failureOf(error, order.work, {
      ...silentLog,
      error: (facts: unknown) => process.stderr.write(`${JSON.stringify(facts)}\n`),
    } as typeof silentLog);
    tell({ kind: 'failed', error: failure });
  } finally {
    reader.close();
  }
}

function contextOf(order: WorkOrder, reader: ReturnType<typeof openReader>): JobCtx {
  const db = drizzle(reader);
  const { user_id, plant_id, is_person } = order.actor;
  return {
    ...readOnlyContext({
      db,
      sql: statementsOf(reader),
      actor: {
        ...order.actor,
        session_id: null,
        is_locked: false,
        must_change_password: false,
        may: is_person ? permissionCheckOf({ db, now_ms: order.now_ms }, user_id, plant_id) : () => true,
      },
      organization_id: order.organization_id,
      station_id: order.station_id,
      now_ms: order.now_ms,
      log: silentLog,
    }),
    data_folder: path.dirname(order.database),
    work_folder: order.folders.work,
    resources_folder: order.folders.resources,
    dist_folder: order.folders.dist,
    progress: report,
  };
}
