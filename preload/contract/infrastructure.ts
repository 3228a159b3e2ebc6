import type { ModuleContract } from './rpc.ts';

export const infrastructure = {} satisfies ModuleContract;
