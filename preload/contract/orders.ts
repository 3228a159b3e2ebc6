import type { ModuleContract } from './rpc.ts';

export const orders = {} satisfies ModuleContract;
