import type { quality } from '../../../preload/contract/quality.ts';
import type { Handlers } from '../../rpc/handlers.ts';
import { listNcrs } from './ncrs.service.ts';

export const qualityProcedures: Handlers<typeof quality> = { listNcrs };
