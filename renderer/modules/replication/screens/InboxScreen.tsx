import { SegmentedControl, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useAsk } from '../../../rpc/hooks.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { ConflictList } from '../parts/ConflictList.tsx';
import { ConflictView } from '../parts/ConflictView.tsx';
import classes from '../parts/Inbox.module.css';

const SHOWS = ['open', 'mine', 'all'] as const;
type Show = (typeof SHOWS)[number];

/** Entries on the left, the chosen one on the right; the next one opens by itself when one is settled. */
export default function InboxScreen() {
  const t = useTexts('replication');
  const navigate = useNavigate();
  const [show, setShow] = useState<Show>('open');
  const [settled, setSettled] = useState('');
  const list = useAsk('replication.listConflicts', { show }, { keepPrevious: true });
  const rows = list.data?.rows ?? [];
  const wanted = useParams().conflict_id;
  const at = Math.max(
    0,
    rows.findIndex(row => row.conflict_id === wanted),
  );
  const current = rows[at];
  const open = (index: number) => {
    const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    if (row) navigate(`/conflicts/${row.conflict_id}`, { replace: true });
  };
  useHotkeys([
    ['ArrowDown', () => open(at + 1)],
    ['ArrowUp', () => open(at - 1)],
  ]);
  return (
    <>
      <PageHeader
        title={t('inbox.title')}
        subtitle={list.data && t('nav.open', { count: list.data.open })}
        actions={
          <SegmentedControl
            size="xs"
            aria-label={t('inbox.filter')}
            data={SHOWS.map(value => ({ value, label: t(`inbox.filters.${value}`) }))}
            value={show}
            onChange={value => setShow(SHOWS.find(known => known === value) ?? 'open')}
          />
        }
      />
      <RefusalNotice failure={list.error} />
      <Text size="sm" c="dimmed" role="status" h={settled ? undefined : 0}>
        {settled}
      </Text>
      {list.data && rows.length === 0 && (
        <EmptyState title={t(show === 'all' ? 'inbox.none_all' : 'inbox.none')} text={t('inbox.none_text')} />
      )}
      {current && (
        <div className={classes.inbox}>
          <ConflictList rows={rows} current={current.conflict_id} onOpen={open} />
          <ConflictView
            key={current.conflict_id}
            conflict_id={current.conflict_id}
            onSettled={record => {
              setSettled(t('inbox.settled', { record }));
              if (show !== 'all') open(at + 1 < rows.length ? at + 1 : at - 1);
            }}
          />
        </div>
      )}
    </>
  );
}
