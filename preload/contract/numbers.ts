import { PROVISIONAL_PREFIX } from '../../db/kit/columns.ts';
import { SHIPMENT_NUMBERS } from '../../db/schema/logistics.ts';
import { SERVICE_NUMBERS } from '../../db/schema/orders.ts';
import { WORK_ORDER_NUMBERS } from '../../db/schema/production.ts';
import { NCR_NUMBERS } from '../../db/schema/quality.ts';

const BEGINNINGS = [
  ...[WORK_ORDER_NUMBERS, NCR_NUMBERS, SHIPMENT_NUMBERS, SERVICE_NUMBERS].map(({ series }) => `${series}-`),
  PROVISIONAL_PREFIX,
];
/** Begins like a number that the program gives. */
export const isProgramNumber = (text: string): boolean =>
  BEGINNINGS.some(beginning => text.toUpperCase().startsWith(beginning));
