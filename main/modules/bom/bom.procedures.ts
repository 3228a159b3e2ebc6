import type { bom } from '../../../preload/contract/bom.ts';
import type { Handlers } from '../../rpc/handlers.ts';

export const bomProcedures: Handlers<typeof bom> = {};
