import { Anchor, Button, Group, List, Stack, Text, Title } from '@mantine/core';
import { IconDeviceDesktop, IconPrinter, IconSignature } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Form, FormRow } from '../../../../preload/contract/inspection.ts';
import { useMe } from '../../../app/session.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { SidePanel } from '../../../ui/SidePanel.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { useKey } from '../../../ui/use-key.ts';
import { AttemptList } from '../parts/AttemptList.tsx';
import { CheckDocuments, documentsOf } from '../parts/CheckDocuments.tsx';
import { FormHead } from '../parts/FormHead.tsx';
import { FormRowView } from '../parts/FormRowView.tsx';
import { useFormId } from '../parts/form-id.ts';
import { CorrectDialog, DiscardDialog } from '../parts/ReasonDialogs.tsx';
import { ResultBadge } from '../parts/ResultBadge.tsx';
import { SignatureBlock } from '../parts/SignatureBlock.tsx';
import { SigningDialog } from '../parts/SigningDialog.tsx';
import { type FormHandle, useForm } from '../parts/use-form.ts';

export default function FormScreen() {
  const t = useTexts('quality');
  const log_id = useFormId();
  return log_id ? <Shown key={log_id} log_id={log_id} /> : <EmptyState title={t('unknown_form')} />;
}

type Beside = FormRow['measurement_id'] | null;
/** A form in the office: all checks by section, saved one by one, signed at the end. */
function Shown({ log_id }: { log_id: Form['log_id'] }) {
  const t = useTexts('quality');
  const { locale } = useMe();
  const handle = useForm(log_id);
  const { form, error } = handle;
  const [dialog, setDialog] = useState<'sign' | 'correct' | 'discard' | null>(null);
  const [isJustSigned, setJustSigned] = useState(false);
  const [beside, setBeside] = useState<Beside>(null);
  const canSign = form?.may_fill === true && form.progress.result !== 'INCOMPLETE';
  useKey('Ctrl+Enter', () => setDialog('sign'), canSign && dialog === null);
  if (error) return <RefusalNotice failure={error} />;
  if (!form) return null;
  const shown = form.sections.flatMap(s => s.rows).find(row => row.measurement_id === beside);
  const toggle = (row: FormRow) => setBeside(row.measurement_id === beside ? null : row.measurement_id);
  return (
    <Stack gap="sm">
      <PageHeader
        title={form.plan_name[locale]}
        crumbs={[
          { label: t('nav.quality'), to: '/quality' },
          {
            label: `${form.order_number} / ${form.build_number}`,
            to: `/orders/${form.order_id}?tab=inspections`,
          },
        ]}
        status={
          <ResultBadge result={form.status === 'SIGNED' ? form.overall_result : form.progress.result} />
        }
        subtitle={t('form_line', {
          form: form.form_id,
          version: form.plan_version,
          attempt: form.attempt_no,
          revision: form.revision_no,
          customer: form.customer_name,
        })}
        actions={<Actions form={form} canSign={canSign} onOpen={setDialog} />}
      />
      {form.signature && (
        <div ref={isJustSigned ? bringIntoView : undefined} tabIndex={-1} style={{ outline: 'none' }}>
          <SignatureBlock block={form.signature} />
        </div>
      )}
      {form.failure && (
        <Text>
          <b>{t(`categories.${form.failure.category}`)}</b>: {form.failure.description}
          {form.failure.needs_rework && ` · ${t('sign.needs_rework')}`}
        </Text>
      )}
      <FormHead form={form} />
      <div style={{ display: 'flex', gap: 12, alignItems: 'flex-start' }}>
        <div style={{ flex: 1, minWidth: 0 }} data-narrow={shown !== undefined || undefined}>
          <Sections form={form} handle={handle} beside={shown?.measurement_id ?? null} onBeside={toggle} />
        </div>
        {shown && (
          <SidePanel
            title={t('documents_beside.title', { code: shown.code })}
            onClose={() => setBeside(null)}
            width={440}
            isSticky
          >
            <CheckDocuments documents={documentsOf(form, shown)} height="52vh" />
          </SidePanel>
        )}
      </div>
      {form.attempts.length > 1 && (
        <section>
          <Title order={2} size="h5">
            {t('attempts')}
          </Title>
          <AttemptList attempts={form.attempts} current={form.log_id} />
        </section>
      )}
      {dialog === 'sign' && (
        <SigningDialog
          form={form}
          onClose={() => setDialog(null)}
          onSigned={() => {
            setDialog(null);
            setJustSigned(true);
          }}
        />
      )}
      {dialog === 'correct' && <CorrectDialog form={form} onClose={() => setDialog(null)} />}
      {dialog === 'discard' && <DiscardDialog form={form} onClose={() => setDialog(null)} />}
    </Stack>
  );
}

/** What was signed is shown at once, wherever in the form the signature was asked for. */
function bringIntoView(block: HTMLDivElement | null): void {
  block?.scrollIntoView({ block: 'center' });
  block?.focus({ preventScroll: true });
}

function Actions({
  form,
  canSign,
  onOpen,
}: {
  form: Form;
  canSign: boolean;
  onOpen: (dialog: 'sign' | 'correct' | 'discard') => void;
}) {
  const t = useTexts('quality');
  return (
    <>
      <Button
        variant="default"
        component={Link}
        to={`/print/qc_form?order=${form.order_id}&log=${form.log_id}`}
        leftSection={<IconPrinter size={16} />}
      >
        {t('print')}
      </Button>
      {form.may_fill && (
        <>
          <Button variant="default" onClick={() => onOpen('discard')}>
            {t('discard')}
          </Button>
          <Button
            variant="default"
            component={Link}
            to={`/quality/forms/${form.log_id}/station`}
            leftSection={<IconDeviceDesktop size={16} />}
          >
            {t('station')}
          </Button>
          <Button
            leftSection={<IconSignature size={16} />}
            disabled={!canSign}
            title="Ctrl+Enter"
            onClick={() => onOpen('sign')}
          >
            {t('sign.submit')}
          </Button>
        </>
      )}
      {form.may_correct && (
        <Button variant="default" onClick={() => onOpen('correct')}>
          {t('correct.title')}
        </Button>
      )}
    </>
  );
}

/** Checks that apply, by section; what does not apply by rule is folded below with its rule. */
function Sections({
  form,
  handle,
  beside,
  onBeside,
}: {
  form: Form;
  handle: FormHandle;
  beside: Beside;
  onBeside: (row: FormRow) => void;
}) {
  const t = useTexts('quality');
  const { locale } = useMe();
  const [isShown, setShown] = useState(false);
  const absent = form.sections.flatMap(s => s.rows.filter(r => !r.is_applicable));
  return (
    <>
      {form.sections.map(section => {
        const rows = section.rows.filter(row => row.is_applicable);
        if (rows.length === 0) return null;
        return (
          <section key={section.code} aria-label={section.name[locale]}>
            <Title order={2} size="h5" mb={4}>
              {section.name[locale]}
            </Title>
            {rows.map(row => (
              <FormRowView
                key={row.measurement_id}
                row={row}
                form={form}
                handle={handle}
                isOpen={form.may_fill}
                beside={beside}
                onBeside={onBeside}
              />
            ))}
          </section>
        );
      })}
      {absent.length > 0 && (
        <section>
          <Group gap="sm">
            <Anchor
              component="button"
              type="button"
              aria-expanded={isShown}
              onClick={() => setShown(!isShown)}
            >
              {t('not_applicable_n', { count: absent.length })}
            </Anchor>
          </Group>
          {isShown && (
            <List size="sm" mt={4} spacing={2}>
              {absent.map(row => (
                <List.Item key={row.measurement_id}>
                  <b>{row.code}</b>
                  {row.repeat_index > 0 &&
                    ` ${t(`repeated.${row.repeated_per ?? 'basins'}`, { n: row.repeat_index })}`}{' '}
                  {row.name[locale]} —{' '}
                  {t('not_applicable_because', { rule: row.rule_words?.[locale] ?? row.rule })}
                </List.Item>
              ))}
            </List>
          )}
        </section>
      )}
    </>
  );
}
