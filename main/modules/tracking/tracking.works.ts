import type { JobWork } from '../../rpc/handlers.ts';
import { checkOlder, readOlder } from './older-screen.service.ts';

/** Functions of this module that run in a job thread. */
export const trackingWorks: Record<string, JobWork> = {
  'tracking.checkOlder': checkOlder,
  'tracking.readOlder': readOlder,
};
