import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import {
  serverEnv as env,
  freePort,
  identity,
  isRoot,
  NOBODY,
  postgresBinaries,
  reachableBinaries,
  untilReady,
} from '../../main/replication/central/local-postgres.ts';

/** Fast, and gone after a power cut: for tests that never kill the server. */
export const THROW_AWAY = ['fsync=off', 'full_page_writes=off', 'max_connections=200'];
/** What a centre runs with, but small. */
export const DURABLE = ['fsync=on', 'max_connections=100', 'shared_buffers=32MB'];

const LEFTOVERS_MS = 15_000;
const TRY_AGAIN_MS = 200;

/** A PostgreSQL of our own from the registry package, in a temporary folder, not yet started. */
export async function createPostgres(settings: readonly string[]) {
  const base = fs.mkdtempSync(path.join(os.tmpdir(), 'millwright-pg-'));
  fs.chmodSync(base, 0o755);
  const bin = reachableBinaries(await postgresBinaries(), base);
  const dataFolder = path.join(base, 'data');
  const own = (file: string) => isRoot && fs.chownSync(file, NOBODY, NOBODY);
  fs.mkdirSync(dataFolder, { mode: 0o700 });
  own(dataFolder);
  const port = await freePort();
  execFileSync(
    path.join(bin, 'initdb'),
    ['-D', dataFolder, '-U', 'postgres', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C.UTF-8'],
    { ...identity, env, cwd: '/', stdio: ['ignore', 'ignore', 'inherit'] },
  );
  let server: ChildProcess | undefined;

  async function startOnce(more: readonly string[]): Promise<void> {
    const all = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', ...settings, ...more];
    const started = spawn(
      path.join(bin, 'postgres'),
      ['-D', dataFolder, '-p', String(port), ...all.flatMap(s => ['-c', s])],
      { ...identity, env, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] },
    );
    server = started;
    await untilReady(started);
  }
  /** What a killed server leaves behind may take a moment to notice; until then the next one is turned away. */
  async function start(more: readonly string[] = []): Promise<void> {
    const until_ms = Date.now() + LEFTOVERS_MS;
    for (;;) {
      try {
        return await startOnce(more);
      } catch (error) {
        const isLeftover = error instanceof Error && error.message.includes('pre-existing shared memory');
        if (!isLeftover || Date.now() > until_ms) throw error;
        await setTimeout(TRY_AGAIN_MS);
      }
    }
  }
  async function ended(signal: NodeJS.Signals, alsoEnd: readonly number[] = []): Promise<void> {
    const running = server;
    server = undefined;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    await new Promise<void>(resolve => {
      running.once('exit', () => resolve());
      running.kill(signal);
      for (const pid of alsoEnd) endProcess(pid);
    });
  }
  return {
    port,
    dataFolder,
    /** For certificates and copies: readable by the server. */
    base,
    own,
    url: (database = 'postgres', user = 'postgres') => `postgres://${user}@127.0.0.1:${port}/${database}`,
    start,
    /** `fast` ends sessions and writes a checkpoint, `immediate` is a crash that the server knows of. */
    stop: (mode: 'fast' | 'immediate' = 'fast') => ended(mode === 'fast' ? 'SIGINT' : 'SIGQUIT'),
    /** kill -9 of the server and everything it started, as in a power cut. */
    kill: () => ended('SIGKILL', server?.pid ? childrenOf(server.pid) : []),
    /** kill -9 of one backend: the server then restarts all others. */
    killBackend: endProcess,
    /** Copies the data folder of a stopped server, as an operator would who has no other backup. */
    copyTo(folder: string): void {
      if (server) throw new Error('the server runs');
      fs.cpSync(dataFolder, folder, { recursive: true, preserveTimestamps: true });
    },
    restoreFrom(folder: string): void {
      if (server) throw new Error('the server runs');
      fs.rmSync(dataFolder, { recursive: true, force: true });
      fs.cpSync(folder, dataFolder, { recursive: true, preserveTimestamps: true });
      fs.chmodSync(dataFolder, 0o700);
      if (isRoot) execFileSync('chown', ['-R', `${NOBODY}:${NOBODY}`, dataFolder]);
    },
    async remove(): Promise<void> {
      await ended('SIGQUIT');
      fs.rmSync(base, { recursive: true, force: true });
    },
  };
}
export type PostgresServer = Awaited<ReturnType<typeof createPostgres>>;

function childrenOf(pid: number): number[] {
  const listed = `/proc/${pid}/task/${pid}/children`;
  if (!fs.existsSync(listed)) return [];
  return fs.readFileSync(listed, 'utf8').trim().split(' ').filter(Boolean).map(Number);
}
function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It ended by itself between listing and killing.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
