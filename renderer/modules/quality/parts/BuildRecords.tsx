import { Button, Group, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { IconFileCode, IconPrinter, IconShieldCheck } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Attempt, BuildForm } from '../../../../preload/contract/inspection.ts';
import { useMe } from '../../../app/session.tsx';
import { download, failureFrom } from '../../../rpc/client.ts';
import { useAsk, useJob } from '../../../rpc/hooks.ts';
import type { InputAt } from '../../../rpc/paths.ts';
import { formatInstant } from '../../../ui/formats.ts';
import { JobProgress } from '../../../ui/JobProgress.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { ResultBadge } from './ResultBadge.tsx';

type OrderId = InputAt<'quality.forBuild'>['order_id'];

/** What an auditor asks for: the whole record of the build, and every signed form by itself. */
export function BuildRecords({ order_id }: { order_id: OrderId }) {
  const { may } = useMe();
  if (!may('inspections:read')) return null;
  return (
    <Stack gap="md" mb="md">
      {may('production_checks:read') && <HistoryRecordCard order_id={order_id} />}
      <SignedForms order_id={order_id} />
    </Stack>
  );
}

function HistoryRecordCard({ order_id }: { order_id: OrderId }) {
  const t = useTexts('quality');
  const record = useJob('printing.historyRecord');
  const verifier = useJob('printing.recordVerifier');
  const save = async () => {
    const made = await record.start({ order_id });
    if (made) download(made.ticket);
  };
  const saveVerifier = async () => {
    const made = await verifier.start({});
    if (made) download(made.ticket);
  };
  return (
    <Paper withBorder p="sm" component="section" aria-label={t('record.title')}>
      <Group justify="space-between" wrap="wrap" gap="sm">
        <div style={{ flex: '1 1 260px' }}>
          <Title order={2} size="h6">
            {t('record.title')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('record.text')}
          </Text>
        </div>
        <Group gap="xs">
          <Button
            variant="default"
            component={Link}
            to={`/print/device_history_record?order=${order_id}`}
            leftSection={<IconPrinter size={16} />}
          >
            {t('record.preview')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconFileCode size={16} />}
            loading={record.state.kind === 'running'}
            onClick={() => void save()}
          >
            {t('record.json')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconShieldCheck size={16} />}
            loading={verifier.state.kind === 'running'}
            onClick={() => void saveVerifier()}
          >
            {t('record.verifier')}
          </Button>
        </Group>
      </Group>
      {record.state.kind === 'done' && (
        <Text size="xs" mt="xs" role="status" style={{ overflowWrap: 'anywhere' }}>
          {t('record.made', { file: record.state.value.file_name, hash: record.state.value.record_sha256 })}
        </Text>
      )}
      <JobProgress state={record.state} onCancel={record.cancel} phaseText={() => t('record.collecting')} />
      <JobProgress state={verifier.state} onCancel={verifier.cancel} phaseText={() => ''} />
    </Paper>
  );
}

interface SignedForm {
  form: BuildForm;
  attempt: Attempt;
}
const signedOf = (forms: readonly BuildForm[]): SignedForm[] =>
  forms
    .flatMap(form => form.attempts.filter(a => a.status === 'SIGNED').map(attempt => ({ form, attempt })))
    .sort((a, b) => (a.attempt.signed_at_ms ?? 0) - (b.attempt.signed_at_ms ?? 0));

function SignedForms({ order_id }: { order_id: OrderId }) {
  const t = useTexts('quality');
  const { locale, timezone } = useMe();
  const { data, error } = useAsk('quality.forBuild', { order_id });
  const signed = signedOf(data?.forms ?? []);
  return (
    <section aria-label={t('record.forms')}>
      <Title order={2} size="h6" mb="xs">
        {t('record.forms')}
      </Title>
      {error && <RefusalNotice failure={failureFrom(error)} />}
      {data && signed.length === 0 && <Text c="dimmed">{t('record.no_forms')}</Text>}
      {signed.length > 0 && (
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              {['form', 'attempt', 'result', 'signed', 'print'].map(key => (
                <Table.Th key={key}>{t(`record.columns.${key}`)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {signed.map(({ form, attempt }) => {
              const name = t(`types.${form.plan_type}`);
              const version = String(attempt.plan_version).padStart(2, '0');
              return (
                <Table.Tr key={attempt.log_id}>
                  <Table.Td>
                    {form.plan_name?.[locale] ?? name}
                    <Text size="xs" c="dimmed">{`${form.form_id ?? ''} V${version}`}</Text>
                  </Table.Td>
                  <Table.Td>
                    {t('record.attempt', { attempt: attempt.attempt_no, revision: attempt.revision_no })}
                  </Table.Td>
                  <Table.Td>
                    <ResultBadge result={attempt.overall_result} />
                  </Table.Td>
                  <Table.Td>
                    {attempt.inspector_name}
                    {attempt.signed_at_ms !== null && ` · ${formatInstant(attempt.signed_at_ms, timezone)}`}
                    {form.second_signatures
                      .filter(second => second.log_id === attempt.log_id)
                      .map(({ signer, signed_at }) => (
                        <Text key={`${signer} ${signed_at}`} size="xs" c="dimmed">
                          {t('record.second', { signer, signed_at })}
                        </Text>
                      ))}
                  </Table.Td>
                  <Table.Td>
                    <Button
                      size="xs"
                      variant="default"
                      component={Link}
                      to={`/print/qc_form?order=${order_id}&log=${attempt.log_id}`}
                      leftSection={<IconPrinter size={14} />}
                      aria-label={t('record.print_of', { form: name, attempt: attempt.attempt_no })}
                    >
                      {t('record.print')}
                    </Button>
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}
