const beforeProduction = ['ORDER_CREATED', 'PARTS_SENT', 'READY_FOR_PRE_QC'];

/** Before production whoever approves may reopen; afterwards only an administrator, with a reason. */
export function mayReopen(
  order_status: string,
  isAdministrator: boolean,
  reason: string | undefined,
): 'allowed' | 'bom_reopen_too_late' | 'reason_required' {
  if (beforeProduction.includes(order_status)) return 'allowed';
  if (!isAdministrator) return 'bom_reopen_too_late';
  return reason === undefined ? 'reason_required' : 'allowed';
}
