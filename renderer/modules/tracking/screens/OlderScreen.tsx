import { Alert, Button, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { OLDER_MAY_BE_ABSENT, OLDER_TABLE_NAMES } from '../../../../preload/contract/older-tracking.ts';
import { useMe } from '../../../app/session.tsx';
import { FileDrop } from '../../../ui/FileDrop.tsx';
import { formatBytes } from '../../../ui/formats.ts';
import { JobProgress } from '../../../ui/JobProgress.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { OlderReport } from '../parts/OlderReport.tsx';
import { type OlderFlow, useOlder } from '../parts/use-older.ts';

/** An older tracking database from its exported tables: check, take over, and both sides compared. */
export default function OlderScreen() {
  const t = useTexts('tracking');
  const { plant_name } = useMe();
  const flow = useOlder();
  const { checking, applying } = flow;
  const found = checking.state.value;
  const isBusy = flow.isSending || checking.state.kind === 'running' || applying.state.kind === 'running';
  const isApplied = applying.state.kind === 'done';
  const isReady = flow.missing.length === 0 && flow.source_name.trim() !== '';
  return (
    <Stack gap="md" maw={900}>
      <PageHeader
        title={t('nav.older')}
        crumbs={[{ label: t('nav.work_centers'), to: '/admin/work-centers' }, { label: t('nav.older') }]}
        actions={
          <>
            {flow.isFixed && (
              <Button variant="default" disabled={isBusy} onClick={flow.restart}>
                {t('older.restart')}
              </Button>
            )}
            {found && !isApplied ? (
              <Button disabled={isBusy} onClick={() => void flow.apply()}>
                {t('older.apply')}
              </Button>
            ) : (
              <Button
                disabled={!isReady || isBusy || isApplied}
                loading={flow.isSending}
                onClick={() => void flow.check()}
              >
                {t('older.check')}
              </Button>
            )}
          </>
        }
      />
      <Text size="sm">{t('older.intro')}</Text>
      {!flow.isFixed && <Files flow={flow} />}
      <RefusalNotice failure={flow.failure} />
      <JobProgress
        state={applying.state}
        onCancel={applying.state.phase === 'writing' ? undefined : applying.cancel}
      />
      <JobProgress state={checking.state} onCancel={checking.cancel} />
      {applying.state.kind === 'done' && (
        <Alert color="green" variant="light" role="status">
          {t('older.done', { ...applying.state.value })}
        </Alert>
      )}
      {found && <OlderReport found={found} isApplied={isApplied} />}
      {found && !isApplied && (
        <Alert variant="light" color="gray">
          {t('older.explain', { plant: plant_name })}
        </Alert>
      )}
    </Stack>
  );
}

function Files({ flow }: { flow: OlderFlow }) {
  const t = useTexts('tracking');
  return (
    <>
      <FileDrop label={t('older.drop')} hint={t('older.drop_hint')} onFiles={flow.take} />
      {flow.unknown.length > 0 && (
        <Alert color="orange" variant="light" role="alert">
          {t('older.unknown', { files: flow.unknown.join(', ') })}
        </Alert>
      )}
      <Table verticalSpacing={4} fz="sm" maw={640}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('older.table')}</Table.Th>
            <Table.Th>{t('older.file')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {OLDER_TABLE_NAMES.map(name => {
            const file = flow.files[name];
            const absent = t(OLDER_MAY_BE_ABSENT.includes(name) ? 'older.optional' : 'older.required');
            return (
              <Table.Tr key={name}>
                <Table.Td>{t(`older.tables.${name}`)}</Table.Td>
                <Table.Td c={file ? undefined : 'dimmed'}>
                  {name}.csv · {file ? formatBytes(file.size) : absent}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
      <Group>
        <TextInput
          label={t('older.name')}
          description={t('older.name_hint')}
          maxLength={100}
          w={360}
          value={flow.source_name}
          onChange={event => flow.setName(event.currentTarget.value)}
        />
      </Group>
    </>
  );
}
