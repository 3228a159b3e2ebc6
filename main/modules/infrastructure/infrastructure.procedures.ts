import type { infrastructure } from '../../../preload/contract/infrastructure.ts';
import type { Handlers } from '../../rpc/handlers.ts';

export const infrastructureProcedures: Handlers<typeof infrastructure> = {};
