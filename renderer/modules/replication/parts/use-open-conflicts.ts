import type { NavBadge } from '../../../app/nav-types.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import { useTexts } from '../../../ui/texts.ts';
import { useReplicationStatus } from './use-status.ts';

/** How many entries wait for a decision. A station on its own, which never had one, shows no inbox at all. */
export function useOpenConflicts(): NavBadge {
  const t = useTexts('replication');
  const isAlone = useReplicationStatus()?.state === 'standalone';
  const count = useAsk('replication.listConflicts', { limit: 1 }).data?.open ?? 0;
  return { count, label: t('nav.open', { count }), isHidden: isAlone && count === 0 };
}
