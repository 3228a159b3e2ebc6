import type { OUTSOURCING_STATUSES } from '../../../db/schema/logistics.ts';

export type OutsourcingStatus = (typeof OUTSOURCING_STATUSES)[number];

const WAYS: Record<OutsourcingStatus, readonly OutsourcingStatus[]> = {
  PENDING: ['SENT', 'DELAYED', 'CANCELLED'],
  SENT: ['IN_PROGRESS', 'RECEIVED', 'DELAYED', 'CANCELLED'],
  IN_PROGRESS: ['RECEIVED', 'DELAYED', 'CANCELLED'],
  DELAYED: ['SENT', 'IN_PROGRESS', 'RECEIVED', 'CANCELLED'],
  RECEIVED: [],
  CANCELLED: [],
};
export const mayBecome = (from: OutsourcingStatus, to: OutsourcingStatus): boolean => WAYS[from].includes(to);
/** Neither back nor given up. */
export const isOut = (status: OutsourcingStatus): boolean => status !== 'RECEIVED' && status !== 'CANCELLED';
