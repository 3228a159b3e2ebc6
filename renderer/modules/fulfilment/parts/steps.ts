import type { Missing, Situation, TransitionOffer } from '../../../../preload/contract/fulfilment.ts';
import { buildStatus } from '../../../../preload/contract/orders.ts';
import type { Texts } from '../../../ui/texts.ts';

/** What stands against a step, in words. */
export const missingWords = (t: Texts, { code, values }: Missing): string => t(`missing.${code}`, values);

/** Who a step waits for, in words. */
export const rolesWords = (t: Texts, roles: readonly string[]): string =>
  roles.map(role => t(`roles.${role}`, { defaultValue: role })).join(', ');

/** The step to show first: the way forward, one's own that is open before one's own before another's. Ways back are for the menu. */
export function firstStep({ order_status, transitions }: Situation): TransitionOffer | undefined {
  const rank = (status: string) => buildStatus.options.map(String).indexOf(status);
  const forward = transitions.filter(step => rank(step.to_status) > rank(order_status));
  const mine = forward.filter(step => step.is_mine);
  return mine.find(step => step.missing.length === 0) ?? mine[0] ?? forward[0];
}

const TABS: Record<string, readonly string[]> = {
  bom: ['bom_not_approved'],
  parts: ['no_part_sent', 'parts_open', 'parts_out'],
  work: ['no_task_list', 'tasks_open'],
  serials: ['serials_missing'],
  issues: ['issue_open', 'no_return_proposed', 'no_rework_issue', 'no_packing_issue'],
};
/** The tab of a build on which what is missing can be done; the forms are on the tab of inspections. */
export const tabFor = ({ code }: Missing): string =>
  Object.keys(TABS).find(tab => TABS[tab]?.includes(code)) ?? 'inspections';
