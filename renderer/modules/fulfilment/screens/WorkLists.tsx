import { Button, Checkbox, Group, Stack, Tabs, Text } from '@mantine/core';
import { IconHandStop, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { QUEUES, type QueueRow } from '../../../../preload/contract/fulfilment.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { countOf, NOTHING, type Selection, selectionTest } from '../../../ui/selection.rules.ts';
import { useTexts } from '../../../ui/texts.ts';
import { AssignDialog } from '../parts/AssignDialog.tsx';
import { Figures } from '../parts/Figures.tsx';
import { useQueueColumns } from '../parts/queue-columns.tsx';
import { Stages } from '../parts/Stages.tsx';
import classes from './WorkLists.module.css';

type Queue = (typeof QUEUES)[number];
const MOST_ROWS = 1000;

/** The list a person begins with: their own kind of work. */
function ownQueue(may: (permission: string) => boolean): Queue {
  if (may('orders:assign')) return 'coordination';
  if (may('outsourcing:update')) return 'procurement';
  if (may('inspections:update')) return 'quality';
  return may('orders:claim') ? 'assembly' : 'coordination';
}

export default function WorkLists() {
  const t = useTexts('fulfilment');
  const { may } = useMe();
  const [params, setParams] = useSearchParams();
  const queue = QUEUES.find(name => name === params.get('list')) ?? ownQueue(may);
  return (
    <Stack gap="sm" h="100%" style={{ minHeight: 0 }}>
      <PageHeader title={t('screens.title')} subtitle={t('screens.subtitle')} />
      <Tabs
        value={queue}
        onChange={list => list && setParams({ list }, { replace: true })}
        keepMounted={false}
        style={{ flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column' }}
      >
        <Tabs.List>
          {QUEUES.map(name => (
            <Tabs.Tab key={name} value={name}>
              {t(`queues.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {QUEUES.map(name => (
          <Tabs.Panel key={name} value={name} pt="sm" className={classes.panel}>
            <QueueView queue={name} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Stack>
  );
}

function QueueView({ queue }: { queue: Queue }) {
  const t = useTexts('fulfilment');
  const { may } = useMe();
  const [onlyMine, setOnlyMine] = useState(false);
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const [isAssigning, setAssigning] = useState(false);
  const claim = useCommand('fulfilment.claim');
  const board = useAsk('fulfilment.dashboard', { queue }, { keepPrevious: true });
  const found = useAsk(
    'fulfilment.queue',
    { queue, only_mine: onlyMine, limit: MOST_ROWS },
    { keepPrevious: true },
  );
  const columns = useQueueColumns();
  const rows = found.data?.rows ?? [];
  const isPicked = selectionTest(selection);
  const picked = countOf(selection, rows.length) > 0 ? rows.filter(row => isPicked(row.order_id)) : [];
  const targets = picked.map(targetOf);
  const free = picked.filter(row => row.assignee === null);
  const take = async () => {
    for (const row of free) await claim.run(targetOf(row));
    setSelection(NOTHING);
  };
  return (
    <Stack gap="sm" h="100%" style={{ minHeight: 0 }}>
      <RefusalNotice failure={found.error ?? board.error ?? claim.failure} />
      {board.data && <Figures figures={board.data.figures} />}
      {board.data && queue === 'coordination' && <Stages stages={board.data.stages} />}
      <DataGrid
        id={`work-${queue}`}
        label={t(`queues.${queue}`)}
        columns={columns}
        rows={rows}
        loading={found.isPending}
        rowKey={row => row.order_id}
        href={row => `/orders/${row.order_id}`}
        selection={selection}
        onSelect={setSelection}
        bar={
          <Group gap="sm">
            <Text size="sm">{t('screens.n_builds', { count: found.data?.total ?? 0 })}</Text>
            <Checkbox
              label={t('screens.only_mine')}
              checked={onlyMine}
              onChange={event => setOnlyMine(event.currentTarget.checked)}
            />
            {free.length > 0 && may('orders:claim') && queue !== 'coordination' && (
              <Button
                size="compact-sm"
                leftSection={<IconHandStop size={14} />}
                loading={claim.pending}
                onClick={() => void take().catch(() => undefined)}
              >
                {t('screens.claim')}
              </Button>
            )}
            {targets.length > 0 && may('orders:assign') && (
              <Button
                size="compact-sm"
                variant="default"
                leftSection={<IconUserPlus size={14} />}
                onClick={() => setAssigning(true)}
              >
                {t('screens.assign')}
              </Button>
            )}
          </Group>
        }
        empty={<EmptyState title={t('screens.empty_title')} text={t('screens.empty_text')} />}
      />
      {isAssigning && targets.length > 0 && (
        <AssignDialog
          orders={targets}
          onClose={() => {
            setAssigning(false);
            setSelection(NOTHING);
          }}
        />
      )}
    </Stack>
  );
}
const targetOf = (row: QueueRow) => ({ order_id: row.order_id, expected_version: row.row_version });
