import { setPriority } from 'node:os';
import { workerData } from 'node:worker_threads';

/** A third of the share of a thread that a window waits for: somebody waits for the job, too, also on a busy machine. */
const NICENESS = 5;
// Before the program is loaded, which alone takes half a second of a core a window may be waiting for.
// On Linux the priority is the thread's own; elsewhere it would slow down the whole program.
if (process.platform === 'linux') setPriority(NICENESS);
const { carryOut } = await import('./work-order.ts');
await carryOut(workerData);
