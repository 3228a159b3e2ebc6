import { Anchor, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconPrinter, IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { BuildForm } from '../../../../preload/contract/inspection.ts';
import { useMe } from '../../../app/session.tsx';
import { ask, failureFrom, type RpcFailure } from '../../../rpc/client.ts';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import type { InputAt, OutputAt } from '../../../rpc/paths.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { Findings } from '../screens/ResultsScreen.tsx';
import { AttemptList } from './AttemptList.tsx';
import { ResultBadge } from './ResultBadge.tsx';
import { repeatWords } from './repeat-words.ts';

type OrderId = InputAt<'quality.forBuild'>['order_id'];

/** The forms of a build: what is due, what is being filled, what was signed, and the check of the signatures. */
export function BuildInspections({ order_id }: { order_id: OrderId }) {
  const t = useTexts('quality');
  const { data, error } = useAsk('quality.forBuild', { order_id });
  const [verified, setVerified] = useState<OutputAt<'quality.verify'> | null>(null);
  const [failure, setFailure] = useState<RpcFailure | null>(null);
  const verify = () =>
    void ask('quality.verify', { order_id }).then(setVerified, problem => setFailure(failureFrom(problem)));
  const hasSigned = data?.forms.some(f => f.latest !== null) === true;
  return (
    <Stack gap="sm">
      <RefusalNotice failure={error ?? failure} />
      {verified && <Findings verified={verified} onClose={() => setVerified(null)} />}
      {data?.forms.map(form => (
        <FormCard key={form.plan_type} form={form} order_id={order_id} />
      ))}
      {hasSigned && (
        <Group>
          {papersOf(data?.forms ?? []).map(document => (
            <Button
              key={document}
              variant="default"
              component={Link}
              to={`/print/${document}?order=${order_id}`}
              leftSection={<IconPrinter size={16} />}
            >
              {t(`prints.${document}`)}
            </Button>
          ))}
          <Button variant="default" leftSection={<IconShieldCheck size={16} />} onClick={verify}>
            {t('verify.start')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

/** Papers that exist once their inspection is signed. */
function papersOf(forms: readonly BuildForm[]): string[] {
  const latest = (type: BuildForm['plan_type']) => forms.find(f => f.plan_type === type)?.latest ?? null;
  return [
    ...(latest('TEST') ? ['test_report'] : []),
    ...(latest('PACKAGING') ? ['packing_list'] : []),
    ...(latest('FINAL_QC')?.overall_result === 'PASS' ? ['qc_certificate'] : []),
  ];
}

function FormCard({ form, order_id }: { form: BuildForm; order_id: OrderId }) {
  const t = useTexts('quality');
  const { locale, timezone } = useMe();
  const navigate = useNavigate();
  const open = useCommand('quality.openForm');
  const start = () =>
    void open.run({ order_id, plan_type: form.plan_type }).then(
      ({ log_id }) => navigate(`/quality/forms/${log_id}`),
      () => undefined,
    );
  const hasPassed = form.latest?.overall_result === 'PASS' && !form.repeat;
  return (
    <Paper withBorder p="sm" component="section" aria-label={t(`types.${form.plan_type}`)}>
      <Group justify="space-between" wrap="nowrap" align="start">
        <div>
          <Group gap="xs">
            <Text fw={600}>{t(`types.${form.plan_type}`)}</Text>
            {form.latest && <ResultBadge result={form.latest.overall_result} />}
          </Group>
          <Text size="sm" c="dimmed">
            {form.plan_name
              ? `${form.plan_name[locale]} · ${form.form_id} V${String(form.plan_version).padStart(2, '0')}`
              : t('no_plan')}
          </Text>
          {form.repeat && <Text size="sm">{repeatWords(t, form.repeat, timezone)}</Text>}
          {form.draft && (
            <Text size="sm">
              {t('queue.begun', { answered: form.draft.answered, applicable: form.draft.applicable })}
            </Text>
          )}
          {!form.draft && !form.may_open && !hasPassed && form.why_not && (
            <Text size="sm" c="dimmed">
              {t(`why_not.${form.why_not}`)}
            </Text>
          )}
        </div>
        <Group gap="xs" wrap="nowrap">
          {form.plan_id && (
            <Anchor
              component={Link}
              size="sm"
              to={`/print/qc_form?order=${order_id}&plan=${form.plan_id}`}
              aria-label={t('print_blank_of', { form: t(`types.${form.plan_type}`) })}
            >
              <Group gap={4} wrap="nowrap">
                <IconPrinter size={16} aria-hidden />
                {t('print_blank')}
              </Group>
            </Anchor>
          )}
          {form.draft ? (
            <Button component={Link} to={`/quality/forms/${form.draft.log_id}`}>
              {t(form.may_open ? 'continue' : 'look')}
            </Button>
          ) : (
            form.may_open && (
              <Button variant={hasPassed ? 'default' : 'filled'} loading={open.pending} onClick={start}>
                {t(form.latest ? 'again' : 'start')}
              </Button>
            )
          )}
        </Group>
      </Group>
      <RefusalNotice failure={open.failure} />
      {form.attempts.length > 0 && <AttemptList attempts={form.attempts} />}
    </Paper>
  );
}
