import { buildStatus } from '../../../preload/contract/orders.ts';
import type { BuildStatus } from '../orders/order-rows.service.ts';

/** The status a state of the order workflow stands for. */
export const statusOf = (state: string): BuildStatus => buildStatus.parse(state);
