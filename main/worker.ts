import { constants, setPriority } from 'node:os';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { openReader } from '../db/sqlite/open.ts';
import { permissionCheckOf } from './modules/identity/session.service.ts';
import { works } from './modules/works.ts';
import type { WorkMessage, WorkOrder } from './platform/jobs.ts';
import { silentLog } from './platform/log.ts';
import type { JobCtx } from './rpc/handlers.ts';
import { readOnlyContext } from './rpc/query-context.ts';
import { failureOf } from './rpc/serve.ts';
import { statementsOf } from './rpc/statements.ts';

/** Entry of a job thread: read-only database, one job, one answer. */
const order: WorkOrder = workerData;
// On Linux this is the thread's own; elsewhere it would slow down the whole program.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW);
const tell = (message: WorkMessage) => parentPort?.postMessage(message);
const reader = openReader(order.database);
const db = drizzle(reader);
const { user_id, plant_id, is_person } = order.actor;
const ctx: JobCtx = {
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
  progress: (phase, done, total) => tell({ kind: 'progress', phase, done, total }),
};
try {
  const work = works[order.work];
  if (!work) throw new Error(`no job named ${order.work}`);
  tell({ kind: 'made', value: await work(ctx, order.input as never) });
} catch (error) {
  const failure = failureOf(error, order.work, {
    ...silentLog,
    error: (facts: unknown) => process.stderr.write(`${JSON.stringify(facts)}\n`),
  } as typeof silentLog);
  tell({ kind: 'failed', error: failure });
} finally {
  reader.close();
}
