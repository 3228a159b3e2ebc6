import type { ModuleContract } from './rpc.ts';

export const production = {} satisfies ModuleContract;
