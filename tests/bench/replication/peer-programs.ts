import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

/** A package of its own: the product is installed without what it is compared with. */
const FOLDER = path.resolve(import.meta.dirname, '../peers');

export interface PeerWork {
  folder: string;
  rows: number;
  /** Rows written at once at the sending client, before anything is measured. */
  rows_a_unit: number;
  /** Tried one after the other; the best counts. */
  batches: number[];
  /** Changes whose way from one client to the other is measured. */
  live: number;
}
const timed = z.array(z.object({ batch: z.int(), took_s: z.number() }));
/** What a peer does not do is absent. */
const peerTimes = z.object({
  push: timed.optional(),
  pull: timed.optional(),
  /** Writing what was pulled into the store of the client, without its way there. */
  apply: timed.optional(),
  waits_ms: z.array(z.number()).optional(),
  note: z.string(),
});
export type PeerTimes = z.infer<typeof peerTimes>;
const answer = z.union([z.object({ times: peerTimes }), z.object({ reason: z.string() })]);
type Answer = z.infer<typeof answer>;

/** Packages as the lock file says; what they would run or fetch while they are installed is left out. */
export async function installPeers(): Promise<void> {
  const installed = path.join(FOLDER, 'node_modules/.package-lock.json');
  const lock = path.join(FOLDER, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await promisify(execFile)('npm', ['ci', ...flags], { cwd: FOLDER });
}

/** Runs one peer in a process of its own. */
export async function runPeer(name: string, work: Omit<PeerWork, 'folder'>): Promise<Answer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'millwright-bench-'));
  const program = fork(path.join(FOLDER, `${name}.mjs`), { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let complaints = '';
  program.stderr?.setEncoding('utf8').on('data', part => {
    complaints += part;
  });
  const ended = once(program, 'close').then(() => ({ reason: reasonIn(complaints) }));
  try {
    program.send({ ...work, folder } satisfies PeerWork);
    const said = await Promise.race([once(program, 'message').then(([message]) => message), ended]);
    return answer.parse(said);
  } finally {
    program.kill();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}
const reasonIn = (complaints: string): string =>
  complaints.split('\n').find(line => line.includes('Error')) ?? 'ended without an answer';
