import type { JobWork } from '../../rpc/handlers.ts';
import { applyJob, checkJob, inspectJob } from './imports.service.ts';
import { templateJob } from './template.service.ts';

/** Functions of this module that run in a job thread. */
export const importsWorks: Record<string, JobWork> = {
  'imports.template': templateJob,
  'imports.inspect': inspectJob,
  'imports.check': checkJob,
  'imports.apply': applyJob,
};
