import { useAsk } from '../../../rpc/hooks.ts';
import type { Status } from './mark.rules.ts';

/** How this station stands to its centre; asked again when the replicator says that it changed. */
export const useReplicationStatus = (): Status | undefined => useAsk('replication.status', {}).data;
