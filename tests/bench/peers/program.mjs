// What the programs of the peers share. Each is started by the bench with its work, and answers with what it measured.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import path from 'node:path';

/** @param {(work: import('../replication/peer-programs.ts').PeerWork) => Promise<import('../replication/peer-programs.ts').PeerTimes>} measure */
export async function answer(measure) {
  const [work] = await once(process, 'message');
  try {
    process.send({ times: await measure(work) });
  } catch (error) {
    process.send({ reason: error instanceof Error ? error.message : String(error) });
  }
  process.disconnect();
}

/** A server in a process of its own: its port, and how to end it. */
export async function startServer(file, folder) {
  mkdirSync(folder, { recursive: true });
  const server = fork(path.join(import.meta.dirname, file), [folder], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [{ port }] = await once(server, 'message');
  return { url: `http://127.0.0.1:${port}`, stop: () => server.kill() };
}

export async function secondsOf(work) {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
}

/** How long until the other side has seen each of these changes, one after the other. */
export async function waitsOf(rows, change, seenAt) {
  const waits = [];
  for (const row of rows) {
    const arrived = seenAt(row.id);
    const from = performance.now();
    await change(row);
    waits.push((await arrived) - from);
  }
  return waits;
}

/** Tells when a row of some id has come. */
export function arrivals() {
  const waiting = new Map();
  return {
    came: id => waiting.get(id)?.(performance.now()),
    at: id => new Promise(resolve => waiting.set(id, resolve)),
  };
}
