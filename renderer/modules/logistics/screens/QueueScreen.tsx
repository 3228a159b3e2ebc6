import { Alert, Button, Paper, SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { PrintJob } from '../../../../preload/contract/logistics.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { formatInstant } from '../../../ui/formats.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { StatusBadge, type Tone } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { JobActions } from '../parts/JobActions.tsx';
import { usePrintsName } from '../parts/use-prints-name.ts';
import { VerifyForm } from '../parts/VerifyForm.tsx';

const TONES: Record<string, Tone> = {
  QUEUED: 'waiting',
  SENDING: 'progress',
  PRINTED: 'good',
  UNKNOWN: 'warning',
  FAILED: 'bad',
  CANCELLED: 'neutral',
  HELD: 'waiting',
  TO_VERIFY: 'warning',
  WRONG: 'bad',
};
function stateOf(job: PrintJob): string {
  if (job.state === 'PRINTED' && job.verification === 'PENDING') return 'TO_VERIFY';
  if (job.state === 'PRINTED' && job.verification === 'FAILED') return 'WRONG';
  return job.is_held ? 'HELD' : job.state;
}

/** What waits for a printer of this station, in words, with what a person can do about it. */
export default function QueueScreen() {
  const t = useTexts('logistics');
  const printsName = usePrintsName();
  const { may, timezone } = useMe();
  const [scope, setScope] = useState<'open' | 'ended'>('open');
  const asked = useAsk('logistics.listQueue', { scope, limit: 200 }, { keepPrevious: true });
  const rows = asked.data?.rows ?? [];
  const needs = asked.data?.needs_decision ?? 0;
  const first = rows.find(job => ['TO_VERIFY', 'WRONG'].includes(stateOf(job)));
  return (
    <Stack gap="sm">
      <PageHeader
        title={t('nav.queue')}
        actions={
          may('labels:create') && (
            <Button component={Link} to="/labels/print" leftSection={<IconPrinter size={16} />}>
              {t('nav.run')}
            </Button>
          )
        }
      />
      <SegmentedControl
        aria-label={t('queue.columns.state')}
        w="fit-content"
        value={scope}
        onChange={value => setScope(value === 'ended' ? 'ended' : 'open')}
        data={[
          { value: 'open', label: t('queue.open') },
          { value: 'ended', label: t('queue.ended') },
        ]}
      />
      <RefusalNotice failure={asked.error} />
      {needs > 0 && (
        <Alert color="orange" variant="light" icon={<IconAlertTriangle aria-hidden />}>
          {t('queue.needs', { count: needs })}
        </Alert>
      )}
      {first && may('labels:create') && (
        <Paper withBorder p="sm" maw={760}>
          <Text fw={600}>{`${printsName(first.prints)} · ${first.title}`}</Text>
          <VerifyForm key={first.job_id} job={first} />
        </Paper>
      )}
      {asked.data && rows.length === 0 && (
        <EmptyState title={t('queue.empty')} text={t('queue.empty_text')} />
      )}
      {rows.length > 0 && (
        <Table verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('queue.columns.what')}</Table.Th>
              <Table.Th w={170}>{t('queue.columns.state')}</Table.Th>
              <Table.Th w={150}>{t('queue.columns.printer')}</Table.Th>
              <Table.Th w={170}>{t('queue.columns.who')}</Table.Th>
              <Table.Th w={300} ta="right">
                {t('queue.columns.actions')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(job => (
              <Table.Tr key={job.job_id} style={{ verticalAlign: 'top' }}>
                <Table.Td>
                  <Text size="sm">{job.title}</Text>
                  <Text size="xs" c="dimmed">
                    {[
                      printsName(job.prints),
                      job.batch_position &&
                        t('batch.place', { position: job.batch_position, size: job.batch_size }),
                      job.copies > 1 && `${job.copies}×`,
                      job.reprint_reason,
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </Text>
                  {job.is_held ? (
                    <Text size="xs">{t('why.held')}</Text>
                  ) : (
                    job.state_code !== '' && <Text size="xs">{t(`why.${job.state_code}`)}</Text>
                  )}
                  {job.state_detail !== '' && (
                    <Text size="xs" c="dimmed">
                      {job.state_detail}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>
                  <StatusBadge label={t(`states.${stateOf(job)}`)} tone={TONES[stateOf(job)] ?? 'neutral'} />
                </Table.Td>
                <Table.Td>{job.printer_name}</Table.Td>
                <Table.Td>
                  <Text size="sm">{job.requested_by}</Text>
                  <Text size="xs" c="dimmed">
                    {formatInstant(job.ended_at_ms ?? job.queued_at_ms, timezone)}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <JobActions job={job} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Stack>
  );
}
