import { type OUTSOURCING_STATUSES, OUTSOURCING_WAYS } from '../../../db/schema/logistics.ts';

export type OutsourcingStatus = (typeof OUTSOURCING_STATUSES)[number];

const WAYS: Record<OutsourcingStatus, readonly OutsourcingStatus[]> = OUTSOURCING_WAYS;
export const mayBecome = (from: OutsourcingStatus, to: OutsourcingStatus): boolean => WAYS[from].includes(to);
/** Neither back nor given up. */
export const isOut = (status: OutsourcingStatus): boolean => status !== 'RECEIVED' && status !== 'CANCELLED';
