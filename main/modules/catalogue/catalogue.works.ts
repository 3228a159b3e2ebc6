import type { JobWork } from '../../rpc/handlers.ts';
import { planImportJob } from './import-job.service.ts';

/** Functions of this module that run in a job thread. */
export const catalogueWorks: Record<string, JobWork> = { 'catalogue.planImport': planImportJob };
