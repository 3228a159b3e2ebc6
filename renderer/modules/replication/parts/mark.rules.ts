import type { OutputAt } from '../../../rpc/paths.ts';
import type { Texts } from '../../../ui/texts.ts';

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

/** What an exchange that went through leaves to be done. */
export function syncedWords(t: Texts, { waiting_units, waiting_files, refused_rows }: Status): string {
  const left = [
    waiting_units > 0 && t('facts.steps', { count: waiting_units }),
    waiting_files > 0 && t('page.synced_files', { count: waiting_files }),
    refused_rows > 0 && t('facts.refused_text', { count: refused_rows }),
  ].filter(words => words !== false);
  return left.length === 0 ? t('page.synced') : t('page.synced_but', { left: left.join(', ') });
}
