import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Station } from '../../../main/compose.ts';
import type { Figure } from '../harness.ts';
import { addTool, addToolsAtCentre, openBed, quantile } from './bed.ts';

const SLICE_MS = 8;

/** Which waits longer: a command beside a replicator with a connection of its own, or one that shares the only writer. */
export async function writers(rows: number): Promise<Figure[]> {
  const bed = await openBed();
  try {
    await bed.asOrganization();
    await addToolsAtCentre(bed, rows);
    const station = bed.station('two');
    await station.replication.join(await bed.enrolmentCode('K2'), false, () => undefined);
    await bed.centre.query("update public.tools set category = 'NEW' where tool_name like 'bulk %'");
    const shared = await commandsDuring(station, 'shared', () => station.replication.syncNow());
    const file = path.join(bed.folder, 'two', 'millwright.db');
    const own = await commandsDuring(station, 'own', () => ownConnection(file));
    return [
      {
        work: `The longest wait of a command while ${rows.toLocaleString('en')} rows arrive: one writer, slices of 8 ms`,
        measured: Math.max(...shared),
        unit: 'ms',
        target: 50,
        more_is_better: false,
        floor: Math.max(...own),
        floor_is: 'a replicator thread with its own connection, slices of 8 ms',
        note: `p99 ${quantile(shared, 0.99).toFixed(1)} ms of ${shared.length} against ${quantile(own, 0.99).toFixed(1)} ms of ${own.length} commands`,
      },
    ];
  } finally {
    await bed.remove();
  }
}

async function commandsDuring(
  station: Station,
  prefix: string,
  work: () => Promise<unknown>,
): Promise<number[]> {
  const waits: number[] = [];
  let is_done = false;
  const working = work().finally(() => {
    is_done = true;
  });
  for (let n = 0; !is_done; n++) {
    const due = performance.now();
    await new Promise(resolve => setImmediate(resolve));
    addTool(station, n, prefix);
    waits.push(performance.now() - due);
    // A person does not save a thousand times a second.
    await new Promise(resolve => setTimeout(resolve, 5));
  }
  await working;
  return waits;
}

function ownConnection(file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./writer-thread.ts', import.meta.url), {
      workerData: { file, slice_ms: SLICE_MS },
    });
    thread.on('error', reject);
    thread.on('exit', code => (code === 0 ? resolve() : reject(new Error(`ended with ${code}`))));
  });
}
