import { Stack, Text } from '@mantine/core';
import { useNavigate } from 'react-router';
import type { QueueRow } from '../../../../preload/contract/inspection.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { QualityTabs } from '../parts/QualityTabs.tsx';
import { ResultBadge } from '../parts/ResultBadge.tsx';
import { repeatWords } from '../parts/repeat-words.ts';

/** Forms that wait: own builds first, then by want date. Enter opens the form of the row. */
export default function QueueScreen() {
  const t = useTexts('quality');
  const { timezone } = useMe();
  const navigate = useNavigate();
  const queue = useAsk('quality.queue', {});
  const open = useCommand('quality.openForm');
  const rows = queue.data?.rows ?? [];
  const openRow = ({ order_id, plan_type }: QueueRow) =>
    void open.run({ order_id, plan_type }).then(
      ({ log_id }) => navigate(`/quality/forms/${log_id}`),
      () => undefined,
    );
  return (
    <Stack gap="xs" h="100%" style={{ minHeight: 0 }}>
      <PageHeader title={t('queue.title', { count: rows.length })} />
      <QualityTabs />
      <RefusalNotice failure={queue.error ?? open.failure} onClose={open.reset} />
      <DataGrid
        id="inspection_queue"
        label={t('nav.queue')}
        rows={rows}
        loading={queue.isPending}
        rowKey={row => `${row.order_id} ${row.plan_type}`}
        onOpen={openRow}
        timezone={timezone}
        columns={[
          {
            key: 'plan_type',
            title: t('columns.form'),
            width: 170,
            value: row => t(`types.${row.plan_type}`),
          },
          { key: 'order_number', title: t('columns.order'), width: 120 },
          { key: 'build_number', title: t('columns.build'), width: 120 },
          { key: 'customer_name', title: t('columns.customer'), width: 220 },
          { key: 'want_on', title: t('columns.want_on'), width: 110 },
          {
            key: 'state',
            title: t('columns.state'),
            width: 190,
            value: row => stateOf(row, t),
          },
          {
            key: 'last_result',
            title: t('columns.last_result'),
            width: 130,
            value: row => (row.last_result ? t(`results.${row.last_result}`) : ''),
            render: row => (row.last_result ? <ResultBadge result={row.last_result} /> : null),
          },
          {
            key: 'repeat',
            title: t('columns.repeat'),
            width: 320,
            value: row => (row.repeat ? repeatWords(t, row.repeat, timezone) : ''),
          },
          { key: 'assignee_name', title: t('columns.assignee'), width: 150 },
        ]}
        empty={<EmptyState title={t('queue.none')} text={t('queue.none_text')} />}
      />
      <Text size="sm" c="dimmed">
        {t('queue.hint')}
      </Text>
    </Stack>
  );
}
const stateOf = (row: QueueRow, t: ReturnType<typeof useTexts>): string =>
  row.log_id === null
    ? t('queue.due', { attempt: row.attempt_no })
    : t('queue.begun', { answered: row.answered, applicable: row.applicable });
