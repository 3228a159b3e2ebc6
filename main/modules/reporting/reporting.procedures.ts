import type { reporting } from '../../../preload/contract/reporting.ts';
import type { Handlers } from '../../rpc/handlers.ts';

export const reportingProcedures: Handlers<typeof reporting> = {};
