import type { Missing, TransitionOffer } from '../../../../preload/contract/fulfilment.ts';
import type { Texts } from '../../../ui/texts.ts';

/** What stands against a step, in words. */
export const missingWords = (t: Texts, { code, values }: Missing): string => t(`missing.${code}`, values);

/** Who a step waits for, in words. */
export const rolesWords = (t: Texts, roles: readonly string[]): string =>
  roles.map(role => t(`roles.${role}`)).join(', ');

/** The step to show first: one's own that is open, then one's own, then the way forward. */
export function firstStep(transitions: readonly TransitionOffer[]): TransitionOffer | undefined {
  const mine = transitions.filter(step => step.is_mine);
  return mine.find(step => step.missing.length === 0) ?? mine[0] ?? transitions[0];
}
