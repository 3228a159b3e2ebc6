import type { orders } from '../../../preload/contract/orders.ts';
import type { Handlers } from '../../rpc/handlers.ts';

export const ordersProcedures: Handlers<typeof orders> = {};
