import { Alert, Button, Card, Checkbox, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { IntegrityReport } from '../../../../preload/contract/replication.ts';
import { useMe } from '../../../app/session.tsx';
import { useJob } from '../../../rpc/hooks.ts';
import { formatCount, formatInstant } from '../../../ui/formats.ts';
import { JobProgress } from '../../../ui/JobProgress.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { useRecordWords } from './words.ts';

/** Whether this station holds exactly what the centre holds, and what to do when not. */
export function IntegrityPanel() {
  const t = useTexts('replication');
  const check = useJob('replication.checkIntegrity');
  const repair = useJob('replication.repair');
  const isRunning = check.state.kind === 'running' || repair.state.kind === 'running';
  const report = repair.state.value ?? check.state.value;
  const phaseText = (phase: string) => t(`phases.${phase}`);
  return (
    <Stack gap="md" maw={1000}>
      <Card withBorder padding="md">
        <Group justify="space-between" mb="xs">
          <Title order={2} size="h5">
            {t('integrity.title')}
          </Title>
          <Button
            loading={check.state.kind === 'running'}
            disabled={isRunning}
            onClick={() => {
              repair.reset();
              void check.start({});
            }}
          >
            {t('integrity.check')}
          </Button>
        </Group>
        <Text size="sm" c="dimmed">
          {t('integrity.text')}
        </Text>
        <JobProgress state={check.state} phaseText={phaseText} />
        <JobProgress state={repair.state} phaseText={phaseText} />
      </Card>
      {report && <Report report={report} isRunning={isRunning} onRepair={() => void repair.start({})} />}
    </Stack>
  );
}

interface ReportProps {
  report: IntegrityReport;
  isRunning: boolean;
  onRepair: () => void;
}
function Report({ report, isRunning, onRepair }: ReportProps) {
  const t = useTexts('replication');
  const words = useRecordWords();
  const { timezone } = useMe();
  const [isAll, setAll] = useState(false);
  const differing = report.tables.filter(table => table.differing_buckets > 0);
  const rows = isAll ? report.tables : differing;
  return (
    <Card withBorder padding="md">
      <Stack gap="xs">
        <Alert
          role="status"
          variant="light"
          color={report.is_equal ? 'green' : 'orange'}
          title={report.is_equal ? t('integrity.equal') : t('integrity.differs', { count: differing.length })}
        >
          <Text size="sm">
            {t('integrity.checked_at', { at: formatInstant(report.checked_at_ms, timezone) })}
            {report.repaired_rows > 0 && ` · ${t('integrity.repaired', { count: report.repaired_rows })}`}
          </Text>
          {!report.is_equal && <Text size="sm">{t('integrity.differs_text')}</Text>}
        </Alert>
        <Group justify="space-between">
          <Checkbox
            label={t('integrity.all_tables')}
            checked={isAll}
            onChange={event => setAll(event.currentTarget.checked)}
          />
          {!report.is_equal && (
            <Button disabled={isRunning} onClick={onRepair}>
              {t('integrity.repair')}
            </Button>
          )}
        </Group>
        {rows.length > 0 && (
          <Table verticalSpacing={3} stickyHeader>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('integrity.columns.table')}</Table.Th>
                <Table.Th ta="right">{t('integrity.columns.rows_here')}</Table.Th>
                <Table.Th ta="right">{t('integrity.columns.rows_there')}</Table.Th>
                <Table.Th>{t('integrity.columns.state')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map(table => (
                <Table.Tr key={table.table}>
                  <Table.Td>{words.table(table.table)}</Table.Td>
                  <Table.Td ta="right">{formatCount(table.rows_here)}</Table.Td>
                  <Table.Td ta="right">{formatCount(table.rows_there)}</Table.Td>
                  <Table.Td>
                    {table.differing_buckets === 0 ? (
                      <StatusBadge tone="good" label={t('integrity.is_equal')} />
                    ) : (
                      <StatusBadge
                        tone="warning"
                        label={t('integrity.parts', { count: table.differing_buckets })}
                      />
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Stack>
    </Card>
  );
}
