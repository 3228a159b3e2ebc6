import type { JobWork } from '../../rpc/handlers.ts';

/** Functions of this module that run in a job thread. */
export const printingWorks: Record<string, JobWork> = {};
