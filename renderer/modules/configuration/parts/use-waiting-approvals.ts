import type { NavBadge } from '../../../app/nav-types.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import { useTexts } from '../../../ui/texts.ts';

/** How many steps wait for this person's answer; who neither answers nor asked sees no such page. */
export function useWaitingApprovals(): NavBadge {
  const t = useTexts('configuration');
  const { approvals = [], waiting = 0 } = useAsk('configuration.approvals', {}).data ?? {};
  return { count: waiting, label: t('nav.waiting', { count: waiting }), isHidden: approvals.length === 0 };
}
