import type { printing } from '../../../preload/contract/printing.ts';
import type { Handlers } from '../../rpc/handlers.ts';

export const printingProcedures: Handlers<typeof printing> = {};
