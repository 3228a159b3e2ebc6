import type { logistics } from '../../../preload/contract/logistics.ts';
import type { Handlers } from '../../rpc/handlers.ts';
import { recordScan, resolveScan } from './scans.service.ts';

export const logisticsProcedures: Handlers<typeof logistics> = {
  resolveScan,
  recordScan,
};
