import type { ModuleContract } from './rpc.ts';

export const catalogue = {} satisfies ModuleContract;
