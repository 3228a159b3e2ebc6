import type { ModuleContract } from './rpc.ts';

export const reporting = {} satisfies ModuleContract;
