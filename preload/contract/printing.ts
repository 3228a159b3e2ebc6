import type { ModuleContract } from './rpc.ts';

export const printing = {} satisfies ModuleContract;
