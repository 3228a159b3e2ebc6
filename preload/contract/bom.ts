import type { ModuleContract } from './rpc.ts';

export const bom = {} satisfies ModuleContract;
