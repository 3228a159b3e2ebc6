import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { z } from 'zod';
import type { AnyTable } from '../db/kit/define-table.ts';
import { schema } from '../db/schema/index.ts';
import { databaseVersion, readMigrations } from '../db/sqlite/migrate.ts';
import { openReader, type Sqlite } from '../db/sqlite/open.ts';
import packageFile from '../package.json' with { type: 'json' };
import { contract } from '../preload/contract/index.ts';
import { jobStarted, type Procedure, type PushEvent, type Reply } from '../preload/contract/rpc.ts';
import { refuseAccess } from './modules/identity/alerts.service.ts';
import { demoActor } from './modules/identity/demo-accounts.service.ts';
import { identify, type SessionUse } from './modules/identity/session.service.ts';
import { handlers, routines, seeds, subscriptions } from './modules/index.ts';
import { claimNext, removeOldJobs, settleInterrupted, settleJob } from './modules/logistics/queue.service.ts';
import { createAuditTrail } from './platform/audit-trail.ts';
import { createCheckpoints } from './platform/checkpoints.ts';
import { createFileStore } from './platform/file-store.ts';
import { createJobRunner, JobFailed } from './platform/jobs.ts';
import { type Log, openLog } from './platform/log.ts';
import {
  type Clock,
  type Ids,
  type PdfEngine,
  type Printers,
  type SecretKeeper,
  type Secrets,
  systemClock,
  uuids,
} from './platform/ports.ts';
import { headSealOf, keyFileSecrets } from './platform/secrets.ts';
import { backUp, backUpDaily, isLarge, openStationFolder } from './platform/station-folder.ts';
import { createTransfers } from './platform/transfers.ts';
import { deliverLabel } from './printing/deliver-label.ts';
import { createFormPrints } from './printing/keep-prints.ts';
import { PrintQueue } from './printing/print-queue.ts';
import { Centre } from './replication/centre.ts';
import { createJournal } from './replication/journal.ts';
import { Replicator } from './replication/replicator.ts';
import { createState } from './replication/state.ts';
import { createStore } from './replication/store.ts';
import type { Audience, Push } from './rpc/audience.ts';
import { type Actor, type CommandCtx, type QueryCtx, systemActor } from './rpc/context.ts';
import { readOnlyContext } from './rpc/query-context.ts';
import { refuse } from './rpc/refusal.ts';
import { createServe, failureOf, type ServeParts } from './rpc/serve.ts';
import { statementsOf } from './rpc/statements.ts';
import { createUnits } from './rpc/units.ts';

/** By then the window is up, and checking and copying a large database disturb nobody. */
const SETTLED_AFTER_MS = 60_000;
const LOOK_EVERY_MS = 3_600_000;
const SLICES_A_REPORT = 20;
type Told = (phase: string, done: number, total: number) => void;
const APP_VERSION = packageFile.version;

/** Where the shipped parts lie; differs between the source tree and a packaged program. */
export interface ProgramFolders {
  resources: string;
  migrations: string;
  dist: string;
}
export function programFolders(): ProgramFolders {
  const root = import.meta.filename.endsWith('.ts')
    ? path.join(import.meta.dirname, '..')
    : path.join(import.meta.dirname, '../..');
  return {
    resources: path.join(root, 'resources'),
    migrations: path.join(root, 'db/migrations'),
    dist: path.join(root, 'dist'),
  };
}

export interface ComposeOptions {
  data_folder: string;
  folders?: ProgramFolders;
  clock?: Clock;
  ids?: Ids;
  log?: Log;
  pdf?: PdfEngine | null;
  /** True: the print of every form signed here is kept as a document of its build. */
  keeps_prints?: boolean;
  printers?: Printers | null;
  check_outputs?: boolean;
  secrets?: SecretKeeper;
  /** False: exchanges happen only when asked for. */
  replicates_by_itself?: boolean;
  /** In [0, 1); spreads the exchanges of many stations in time. */
  chance?: () => number;
}

/** Wires database, modules and rpc. Used by the desktop shell, browser mode, the command line and tests alike. */
export function compose(options: ComposeOptions) {
  const folders = options.folders ?? programFolders();
  const clock = options.clock ?? systemClock;
  const ids = options.ids ?? uuids;
  const tables: AnyTable[] = Object.values(schema);
  const station = openStationFolder(
    options.data_folder,
    readMigrations(path.join(folders.migrations, 'sqlite')),
    tables,
  );
  const log = options.log ?? openLog(station.folders.logs, 'station');
  const reader = openReader(station.folders.database);
  const writer = station.db;
  const own = stationFacts(writer, () => ids.next());
  const { organization_id } = own;
  const store = createFileStore(station.folders.files);
  const transfers = createTransfers(store, station.folders.work, () => clock.now_ms());
  const listeners = new Set<Push>();
  const push = (event: PushEvent, to: Audience = 'everyone'): void => {
    for (const listener of listeners) listener(event, to);
  };

  const replicationStatus = () => replicator.status();

  const readDb = drizzle(reader);
  const readSql = statementsOf(reader);
  const queryCtx = (actor: Actor): QueryCtx => ({
    ...readOnlyContext({
      db: readDb,
      sql: readSql,
      actor,
      organization_id,
      station_id: own.station_id,
      now_ms: clock.now_ms(),
      log,
    }),
    offerDownload: transfers.offer,
    data_folder: station.folders.root,
    replicationStatus,
  });
  const schema_version = databaseVersion(writer);
  const state = createState(writer);
  const journal = createJournal({
    db: writer,
    state,
    tables,
    schema_version,
    onKept: () => replicator.wake(),
  });
  const units = createUnits({
    db: writer,
    tables,
    trail: createAuditTrail(writer, own, headSealOf(station.folders.key), () => ids.next()),
    journal,
    clock,
    ids,
    log,
    organization_id,
    station: own,
    subscriptions,
    transfers,
    data_folder: station.folders.root,
    replicationStatus,
    changed: names => {
      push({ kind: 'changed', tables: names });
      if (names.includes('electronic_signatures')) prints.wake();
    },
  });
  const checkpoints = createCheckpoints(writer, station.folders.database, log);
  const replicator = new Replicator({
    db: writer,
    tables,
    store: createStore({
      db: writer,
      tables,
      organization_id,
      station: own,
      state,
      journal,
      clock,
      arriving: checkpoints.arriving,
    }),
    files: store,
    work_folder: station.folders.work,
    secrets: options.secrets ?? fileKeeper(keyFileSecrets(station.folders.key)),
    connect: Centre.connect,
    clock,
    ids,
    log,
    app_version: APP_VERSION,
    schema_version,
    chance: options.chance ?? Math.random,
    station: own,
    backUp: reason => void backUp(writer, station.folders, reason),
    changed: names => push({ kind: 'changed', tables: names }),
    statusChanged: () => push({ kind: 'replication' }),
  });

  const printing = new PrintQueue({
    claim: busy => printed('printing.send', ctx => claimNext(ctx, busy)),
    deliver: job =>
      deliverLabel(job, {
        printers: options.printers ?? null,
        work_folder: station.folders.work,
        dist_folder: folders.dist,
      }),
    settleAndClaim: (job, outcome, busy) =>
      printed('printing.settle', ctx => {
        settleJob(ctx, job.job_id, outcome);
        return busy && claimNext(ctx, busy);
      }),
    log,
  });
  /** The queue lies in tables that stay here and are not captured, so it says itself that they changed. */
  function printed<T>(intent: string, run: (ctx: CommandCtx) => T): T {
    const value = units.command(system(), intent, run);
    if (value !== null || intent === 'printing.settle') push({ kind: 'changed', tables: ['print_jobs'] });
    return value;
  }
  function command<T>(actor: Actor, intent: string, run: (ctx: CommandCtx) => T): T {
    try {
      return units.command(actor, intent, run);
    } finally {
      // A refusal may have kept what it found: a label that was read and is wrong.
      if (intent.startsWith('logistics.')) {
        push({ kind: 'changed', tables: ['print_jobs'] });
        printing.wake();
      }
    }
  }

  const tellJob = (event: Extract<PushEvent, { kind: 'job' }>): void =>
    push(event, { session: underway.get(event.job_id)?.session ?? null });
  const jobs = createJobRunner((job_id, phase, done, total) =>
    tellJob({ kind: 'job', job_id, state: 'running', phase, done, total }),
  );
  function inThread(actor: Actor, work: string, input: unknown) {
    const { user_id, username, full_name, initials, locale, plant_id, is_person } = actor;
    return jobs.start({
      work,
      input,
      database: station.folders.database,
      folders: { work: station.folders.work, resources: folders.resources, dist: folders.dist },
      actor: { user_id, username, full_name, initials, locale, plant_id, is_person },
      organization_id,
      station_id: own.station_id,
      now_ms: clock.now_ms(),
    });
  }
  async function written(
    actor: Actor,
    jobPath: string,
    // biome-ignore lint/suspicious/noExplicitAny: see ServeParts.handlers
    handler: any,
    made: unknown,
    input: unknown,
    told: Told,
  ) {
    const slices = [...(handler.slices?.(made, input) ?? [])];
    for (const [at, slice] of slices.entries()) {
      units.command(actor, jobPath, slice);
      await checkpoints.arriving();
      if (at % SLICES_A_REPORT === 0) told('writing', at, slices.length);
      await nextTurn();
    }
    return command(actor, jobPath, ctx => handler.finish(ctx, made, input));
  }
  const deliveries = new Set<Promise<unknown>>();
  /** Jobs under way, whose they are and whether they were given up. */
  const underway = new Map<string, { actor: Actor; session: string | null; is_given_up: boolean }>();
  function startJob(
    actor: Actor,
    jobPath: string,
    // biome-ignore lint/suspicious/noExplicitAny: see ServeParts.handlers
    handler: any,
    input: unknown,
    session: string | null,
  ): { job_id: string } {
    const job = handler.work
      ? inThread(actor, handler.work, input)
      : { job_id: randomUUID(), made: Promise.resolve(null) };
    const { job_id } = job;
    const fate = { actor, session, is_given_up: false };
    underway.set(job_id, fate);
    const ports = {
      pdf: options.pdf ?? null,
      printers: options.printers ?? null,
      replication: replicator,
      work_folder: station.folders.work,
      uploaded: (ticket: string) => store.pathOf(transfers.received(ticket).sha256),
      progress: (phase: string, done: number, total: number) =>
        tellJob({ kind: 'job', job_id, state: 'running', phase, done, total }),
      goOn: () => void (fate.is_given_up && refuse('job_cancelled')),
    };
    const delivery = job.made
      .then(made => (handler.deliver ? handler.deliver(ports, made, input) : made))
      .then(made => written(actor, jobPath, handler, made, input, ports.progress))
      .then(value => tellJob({ kind: 'job', job_id, state: 'done', value }))
      .catch(fault => {
        const error = fault instanceof JobFailed ? fault.failure : failureOf(fault, jobPath, log);
        tellJob({ kind: 'job', job_id, state: 'failed', error });
        if (handler.failed && error.code !== 'job_cancelled')
          units.command(actor, jobPath, ctx => handler.failed(ctx, error, input));
      })
      .catch(error => log.warn({ job: jobPath, error: String(error) }, 'nobody was told of the failure'))
      .finally(() => {
        underway.delete(job_id);
        deliveries.delete(delivery);
      });
    deliveries.add(delivery);
    return { job_id };
  }

  const nobody = systemActor('nobody');
  const sessionUse: SessionUse = new Map();
  const identified = (token: string | null): Actor | null =>
    token === null ? null : identify(queryCtx(nobody), token, sessionUse);
  const serveParts: ServeParts = {
    contract,
    handlers,
    identify: identified,
    query: (actor, run) => run(queryCtx(actor)),
    command,
    startJob,
    accessDenied: (actor, procedurePath, permission) =>
      units.command(actor ?? nobody, procedurePath, ctx => refuseAccess(ctx, procedurePath, permission)),
    nobody,
    log,
    check_outputs: options.check_outputs ?? false,
  };
  const serve = createServe(serveParts);

  /** The program acts in the first plant unless told otherwise. */
  const system = (): Actor => {
    const plant = readSql.get<{ id: Actor['plant_id'] }>(
      'select id from plants where is_active = 1 order by plant_code limit 1',
    );
    return { ...systemActor('system'), ...(plant && { plant_id: plant.id }) };
  };
  const serveAsSystem = createServe({ ...serveParts, identify: system });

  /** The output of a job, once it has ended. */
  function settled(start: () => Reply): Promise<Reply> {
    return new Promise(resolve => {
      const early: PushEvent[] = [];
      let job_id: string | null = null;
      const settle = (event: PushEvent) => {
        if (event.kind !== 'job' || event.job_id !== job_id || event.state === 'running') return;
        listeners.delete(listen);
        resolve(
          event.state === 'done' ? { ok: true, value: event.value } : { ok: false, error: event.error },
        );
      };
      const listen = (event: PushEvent) => {
        if (job_id === null) early.push(event);
        else settle(event);
      };
      listeners.add(listen);
      const reply = start();
      if (!reply.ok) {
        listeners.delete(listen);
        resolve(reply);
        return;
      }
      job_id = jobStarted.parse(reply.value).job_id;
      early.forEach(settle);
    });
  }

  /** A procedure called by the program itself; of a job the output. */
  async function callAsSystem(procedurePath: string, input: unknown): Promise<Reply> {
    const [module = '', name = ''] = procedurePath.split('.');
    const own: Record<string, Procedure> | undefined = contract[module as keyof typeof contract];
    const reply = () => serveAsSystem(null, procedurePath, input);
    return own?.[name]?.kind === 'job' ? settled(reply) : reply();
  }
  const prints = createFormPrints({
    store,
    transfers,
    callAsSystem,
    read: run => run(queryCtx(system())),
    command: (intent, run) => units.command(system(), intent, run),
    log,
  });

  // A member takes shipped rows from the centre, whose operator updates them.
  if (state.facts.centre === undefined)
    units.command(system(), 'station.start', ctx => {
      for (const seed of seeds) seed(ctx);
    });
  // A restart ends the continuous session in which a password alone signs.
  writer
    .prepare('update user_sessions set signing_started_at_ms = null where signing_started_at_ms is not null')
    .run();
  units.command(system(), 'station.start', ctx => {
    settleInterrupted(ctx);
    removeOldJobs(ctx);
  });
  printing.run();
  if (options.keeps_prints && options.pdf) prints.run();
  if (options.replicates_by_itself ?? true) replicator.run();
  if (!isLarge(station.folders)) backUpDaily(writer, station.folders, clock.now_ms());
  const lookingAfter = isLarge(station.folders)
    ? setTimeout(() => void lookAfterStation('infrastructure.lookAfter'), SETTLED_AFTER_MS).unref()
    : undefined;
  const reminding = setTimeout(runRoutines, SETTLED_AFTER_MS).unref();
  const everyHour = setInterval(() => {
    runRoutines();
    void lookAfterStation('infrastructure.backUpWhenDue');
  }, LOOK_EVERY_MS).unref();
  function runRoutines(): void {
    try {
      units.command(system(), 'station.routines', ctx => {
        for (const routine of routines) routine(ctx);
      });
    } catch (error) {
      log.warn({ error: String(error) }, 'routines not done');
    }
  }
  async function lookAfterStation(work: string): Promise<void> {
    try {
      const found = await inThread(system(), work, null).made;
      const sound = z.object({ is_sound: z.literal(true), backup: z.string().nullable() }).safeParse(found);
      if (sound.success) {
        if (sound.data.backup !== null) log.info(sound.data, 'station looked after');
      } else log.error({ file: station.folders.database }, 'database_damaged');
    } catch (error) {
      log.warn({ error: String(error) }, 'station not looked after');
    }
  }

  return {
    serve,
    transfers,
    folders: station.folders,
    program: folders,
    get station_id() {
      return own.station_id;
    },
    organization_id,
    replication: replicator,
    log,
    onPush(listener: Push): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Only for the person who started the job, and for administrators; of others, and of no job, nothing happens. */
    cancelJob(session: string | null, job_id: string): void {
      const fate = underway.get(job_id);
      const who = identified(session);
      if (!fate || !who || !(who.user_id === fate.actor.user_id || who.may('settings:update'))) return;
      fate.is_given_up = true;
      jobs.cancel(job_id);
    },
    /** Starts a job and waits for its output: for tests and other callers with a session. */
    runJob: (session: string, jobPath: string, input: unknown): Promise<Reply> =>
      settled(() => serve(session, jobPath, input)),
    /** The same procedures for the program itself (command line, demo plant), without a session. */
    callAsSystem,
    /** The program itself acts: seeds, demo plant, command line. Recorded under the system's name. */
    asSystem: <T>(intent: string, run: (ctx: CommandCtx) => T): T => units.command(system(), intent, run),
    /** Somebody of the demo plant acts at an earlier moment, before anybody signed in. */
    asPerson: <T>(
      { username, at_ms }: { username: string; at_ms: number },
      intent: string,
      run: (ctx: CommandCtx) => T,
    ): T => units.command(demoActor(queryCtx(nobody), username), intent, run, at_ms),
    readAsSystem: <T>(run: (ctx: QueryCtx) => T): T => run(queryCtx(system())),
    async close(): Promise<void> {
      clearTimeout(lookingAfter);
      clearTimeout(reminding);
      clearInterval(everyHour);
      await printing.stop();
      await prints.stop();
      await replicator.stop();
      await jobs.stop();
      await Promise.all(deliveries);
      await checkpoints.stop();
      reader.close();
      station.close();
    },
  };
}
export type Station = ReturnType<typeof compose>;

/** `station_id` names the audit chain that this installation writes; it is renewed when the file turns out to be a copy. */
export interface StationFacts {
  readonly station_id: string;
  readonly organization_id: number;
  renewStationId(): void;
}
function stationFacts(db: Sqlite, newId: () => string): StationFacts {
  const held = (key: string) => db.prepare('select value from local_state where key = ?').pluck().get(key);
  const keep = db.prepare(
    'insert into local_state (key, value) values (?, ?) on conflict (key) do update set value = excluded.value',
  );
  if (held('station_id') === undefined) keep.run('station_id', newId());
  if (held('organization_id') === undefined) keep.run('organization_id', '1');
  let station_id = String(held('station_id'));
  return {
    get station_id() {
      return station_id;
    },
    organization_id: Number(held('organization_id')),
    renewStationId() {
      station_id = newId();
      keep.run('station_id', station_id);
    },
  };
}

/** Browser mode and the command line have the key file at hand. */
const fileKeeper = (secrets: Secrets): SecretKeeper => ({
  seal: async plain => secrets.seal(plain),
  open: async sealed => secrets.open(sealed),
});

/** True when the built parts (renderer, print documents) are there. */
export const isBuilt = (folders: ProgramFolders): boolean =>
  existsSync(path.join(folders.dist, 'renderer/index.html'));
