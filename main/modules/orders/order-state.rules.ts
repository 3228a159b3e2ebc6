export interface OrderState {
  order_status: string;
  /** Of every BOM version, newest first. */
  bom_statuses: readonly string[];
}

/**
 * Header and configuration may change while the order was only created and its newest BOM is not approved.
 * A reopened BOM is a draft again, so the configuration may follow.
 */
export const isEditable = ({ order_status, bom_statuses }: OrderState): boolean =>
  order_status === 'ORDER_CREATED' && bom_statuses[0] !== 'APPROVED';

/** Deleting is for orders entered by mistake: nothing was approved yet. */
export const isDeletable = ({ order_status, bom_statuses }: OrderState): boolean =>
  order_status === 'ORDER_CREATED' && !bom_statuses.includes('APPROVED');
