import type { OutputAt } from '../../../rpc/paths.ts';

export type Status = OutputAt<'replication.status'>;
export type MarkKind =
  | 'standalone'
  | 'online'
  | 'offline'
  | 'connecting'
  | 'exchanging'
  | 'catching_up'
  | 'trouble';

/** The network comes back by itself; nobody has to do anything about these. */
const PASSING = new Set([
  'centre_unreachable',
  'centre_name_unknown',
  'centre_not_accepting',
  'centre_busy',
  'centre_gap',
  'centre_fork',
  'centre_restored',
  'centre_resync',
]);

/** What the mark says: a person is called only for what does not pass by itself. */
export function markOf({ state, trouble, refused_rows }: Status): MarkKind {
  if (state === 'standalone') return 'standalone';
  if (state === 'stopped' || refused_rows > 0 || (trouble && !PASSING.has(trouble.code))) return 'trouble';
  switch (state) {
    case 'pushing':
    case 'pulling':
      return 'exchanging';
    default:
      return state;
  }
}

/** Share of a long load between 0 and 1; null while it cannot be told. */
export const shareOf = ({ progress }: Status): number | null =>
  progress && progress.total > 0 ? Math.min(1, progress.done / progress.total) : null;
