import type { ServiceStatus } from '../../../preload/contract/service-orders.ts';

interface Person {
  readonly user_id: string;
  may(permission: string): boolean;
}
interface Request {
  readonly order_status: ServiceStatus;
  readonly requested_by: string | null;
}
export const mayDecide = (person: Person): boolean => person.may('service_orders:approve');
/** Procurement, coordinators and administrators see every request. */
export const seesAll = (person: Person): boolean => mayDecide(person) || person.may('service_orders:oversee');
/** The floor sees what is allowed to leave the shelf. */
export const FLOOR_STATUSES: readonly ServiceStatus[] = ['APPROVED', 'FULFILLED'];

/** A cart is nobody else's business. */
export function sees(person: Person, request: Request): boolean {
  if (request.requested_by === person.user_id) return true;
  if (request.order_status === 'DRAFT') return false;
  if (seesAll(person)) return true;
  return !person.may('service_orders:create') && FLOOR_STATUSES.includes(request.order_status);
}
/** Whoever asked, and administrators, while nobody has decided. */
export const mayCancel = (person: Person, request: Request): boolean =>
  request.order_status === 'PENDING' &&
  person.may('service_orders:create') &&
  (request.requested_by === person.user_id || person.may('service_orders:delete'));
