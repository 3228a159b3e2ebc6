import type { production } from '../../../preload/contract/production.ts';
import type { Handlers } from '../../rpc/handlers.ts';

export const productionProcedures: Handlers<typeof production> = {};
