import { Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ask } from '../../../rpc/client.ts';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { useReplicationStatus } from './use-status.ts';

interface Props {
  table: string;
  id: string;
  /** In a list: the shape alone, its words for readers and on hover. */
  is_small?: boolean;
}
/** On a record whose changes the centre has not received yet; nothing otherwise. */
export function UnsentMark({ table, id, is_small = false }: Props) {
  const t = useTexts('replication');
  const isUnsent = useUnsent(table, id);
  if (!isUnsent) return null;
  if (is_small)
    return (
      <Tooltip label={t('unsent.label')}>
        <span role="img" aria-label={t('unsent.label')}>
          {' ↑'}
        </span>
      </Tooltip>
    );
  return (
    <Tooltip label={t('unsent.text')} multiline w={280}>
      <span>
        <StatusBadge label={t('unsent.label')} tone="neutral" shape="wait" />
      </span>
    </Tooltip>
  );
}

/** Not asked at all while nothing waits, which is nearly always. */
function useUnsent(table: string, id: string): boolean {
  const waits = (useReplicationStatus()?.waiting_units ?? 0) > 0;
  const { data } = useQuery({
    queryKey: ['ask', 'replication.unsent', table, id],
    queryFn: () => gathered(table, id),
    enabled: waits,
  });
  return waits && data === true;
}

type Waiter = { id: string; told: (isUnsent: boolean) => void; failed: (error: unknown) => void };
const open = new Map<string, Waiter[]>();
const MOST = 1000;

/** The rows of a list ask one by one; one call answers all that ask in the same moment. */
function gathered(table: string, id: string): Promise<boolean> {
  return new Promise((told, failed) => {
    const waiters = open.get(table) ?? [];
    waiters.push({ id, told, failed });
    if (open.has(table)) return;
    open.set(table, waiters);
    queueMicrotask(() => {
      open.delete(table);
      for (let at = 0; at < waiters.length; at += MOST) void answer(table, waiters.slice(at, at + MOST));
    });
  });
}
async function answer(table: string, waiters: Waiter[]): Promise<void> {
  try {
    const found = new Set(
      await ask<'replication.unsent'>('replication.unsent', { table, ids: waiters.map(w => w.id) }),
    );
    for (const waiter of waiters) waiter.told(found.has(waiter.id));
  } catch (error) {
    for (const waiter of waiters) waiter.failed(error);
  }
}
