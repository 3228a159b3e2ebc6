import { constants, setPriority } from 'node:os';
import { workerData } from 'node:worker_threads';

// Before the program is loaded, which alone takes half a second of a core a window may be waiting for.
// On Linux the priority is the thread's own; elsewhere it would slow down the whole program.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW);
const { carryOut } = await import('./work-order.ts');
await carryOut(workerData);
