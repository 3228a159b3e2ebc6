import { Alert, Button, Card, Group, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { useMe } from '../../../app/session.tsx';
import { download } from '../../../rpc/client.ts';
import { useAsk, useJob } from '../../../rpc/hooks.ts';
import type { OutputAt } from '../../../rpc/paths.ts';
import { FactTable } from '../../../ui/FactTable.tsx';
import { formatBytes, formatInstant, formatNumber } from '../../../ui/formats.ts';
import { JobProgress } from '../../../ui/JobProgress.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { HealthCard } from '../parts/HealthCard.tsx';

type Report = OutputAt<'infrastructure.doctor'>;

export default function SystemScreen() {
  const t = useTexts('infrastructure');
  const doctor = useJob('infrastructure.doctor');
  const { start, state } = doctor;
  useEffect(() => void start({}), [start]);
  const again = (
    <Button variant="default" loading={state.kind === 'running'} onClick={() => void start({})}>
      {t('system.check')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('system.title')} actions={again} />
      <Stack gap="md" maw={1100}>
        <HealthCard />
        <JobProgress state={state} onCancel={doctor.cancel} phaseText={phase => t(`phases.${phase}`)} />
        {state.kind === 'done' && <ReportView report={state.value} />}
        <Backups onMade={() => void start({})} />
        <Diagnostics />
        {state.kind === 'done' && <RowCounts counts={state.value.counts} />}
      </Stack>
    </>
  );
}

function ReportView({ report }: { report: Report }) {
  const t = useTexts('infrastructure');
  const me = useMe();
  const check = (result: Report['integrity']) => (
    <StatusBadge
      tone={result.is_ok ? 'good' : 'bad'}
      label={t(result.is_ok ? 'system.sound' : 'system.damaged')}
    />
  );
  const audit = report.last_audit_check;
  const facts: [string, ReactNode][] = [
    ['integrity', check(report.integrity)],
    ['foreign_keys', check(report.foreign_keys)],
    [
      'audit',
      audit
        ? `${formatInstant(audit.at_ms, me.timezone)} · ${t('system.faults', { count: audit.faults })}`
        : t('system.never'),
    ],
    [
      'backup',
      report.last_backup ? formatInstant(report.last_backup.made_at_ms, me.timezone) : t('system.never'),
    ],
    ['disk', formatBytes(report.disk_free_bytes)],
    ['size', formatBytes(report.database_bytes)],
    ['folder', report.data_folder],
    ['station', report.station_id],
  ];
  const versions = Object.entries(report.versions).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  );
  return (
    <>
      {report.warnings.map(warning => (
        <Alert
          key={warning}
          color="orange"
          variant="light"
          role="alert"
          title={t(`system.warnings.${warning}`)}
        />
      ))}
      {[...report.integrity.details, ...report.foreign_keys.details].map(line => (
        <Text key={line} size="sm" ff="monospace">
          {line}
        </Text>
      ))}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Facts title={t('system.state')} rows={facts.map(([key, value]) => [t(`system.${key}`), value])} />
        <Facts
          title={t('system.versions')}
          rows={versions.map(([key, value]) => [t(`system.version_of.${key}`), value])}
        />
      </SimpleGrid>
    </>
  );
}

function RowCounts({ counts }: { counts: Report['counts'] }) {
  const t = useTexts('infrastructure');
  const rows = Object.entries(counts).filter(([, n]) => n > 0);
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h5" mb="xs">
        {t('system.rows')}
      </Title>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="lg" verticalSpacing={4}>
        {rows.map(([table, n]) => (
          <Group key={table} justify="space-between" wrap="nowrap">
            <Text size="sm" c="dimmed">
              {t(`audit.entities.${table}`, { defaultValue: table.replaceAll('_', ' ') })}
            </Text>
            <Text size="sm">{formatNumber(n)}</Text>
          </Group>
        ))}
      </SimpleGrid>
    </Card>
  );
}

function Facts({ title, rows }: { title: string; rows: [string, ReactNode][] }) {
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h5" mb="xs">
        {title}
      </Title>
      <FactTable rows={rows} flush />
    </Card>
  );
}

function Backups({ onMade }: { onMade: () => void }) {
  const t = useTexts('infrastructure');
  const me = useMe();
  const backups = useAsk('infrastructure.listBackups', {});
  const job = useJob('infrastructure.makeBackup');
  const make = async () => {
    const made = await job.start({});
    if (!made) return;
    await backups.refetch();
    onMade();
  };
  return (
    <Card withBorder padding="md">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">
          {t('backups.title')}
        </Title>
        {me.may('settings:update') && (
          <Button variant="default" loading={job.state.kind === 'running'} onClick={() => void make()}>
            {t('backups.make')}
          </Button>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {t('backups.text')}
      </Text>
      <JobProgress state={job.state} onCancel={job.cancel} phaseText={phase => t(`phases.${phase}`)} />
      <RefusalNotice failure={backups.error} />
      {backups.data?.length === 0 && <Text>{t('backups.none')}</Text>}
      <Table verticalSpacing={3} horizontalSpacing={0} mt="xs">
        <Table.Tbody>
          {backups.data?.map(backup => (
            <Table.Tr key={backup.file_name}>
              <Table.Td>{formatInstant(backup.made_at_ms, me.timezone)}</Table.Td>
              <Table.Td>{backup.file_name}</Table.Td>
              <Table.Td ta="right">{formatBytes(backup.size_bytes)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  );
}

function Diagnostics() {
  const t = useTexts('infrastructure');
  const job = useJob('infrastructure.makeDiagnostics');
  const make = async () => {
    const made = await job.start({});
    if (made) download(made.ticket);
  };
  return (
    <Card withBorder padding="md">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">
          {t('diagnostics.title')}
        </Title>
        <Button variant="default" loading={job.state.kind === 'running'} onClick={() => void make()}>
          {t('diagnostics.make')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {t('diagnostics.text')}
      </Text>
      <JobProgress state={job.state} onCancel={job.cancel} phaseText={phase => t(`phases.${phase}`)} />
    </Card>
  );
}
