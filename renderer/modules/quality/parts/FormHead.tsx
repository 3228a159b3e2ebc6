import { Alert, Group, MultiSelect, Progress, Stack, Text, Textarea } from '@mantine/core';
import type { Form } from '../../../../preload/contract/inspection.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { useKeptText } from './use-kept-text.ts';

/** Progress, instruments, notes, what is to be prepared, what is corrected. */
export function FormHead({ form }: { form: Form }) {
  const t = useTexts('quality');
  const { locale } = useMe();
  const { answered, applicable, failing } = form.progress;
  const needsInstrument = form.sections.some(s =>
    s.rows.some(r => r.instrument_type !== null && r.is_applicable),
  );
  return (
    <Stack gap="xs">
      <Group gap="sm" wrap="nowrap">
        <Progress
          value={applicable === 0 ? 100 : (answered / applicable) * 100}
          color={failing > 0 ? 'red' : undefined}
          style={{ flex: 1 }}
          aria-label={t('progress', { answered, applicable })}
        />
        <Text size="sm" className="figures">
          {t('progress', { answered, applicable })}
        </Text>
      </Group>
      {form.correction_reason && (
        <Alert variant="light" color="yellow" title={t('correction')}>
          {form.correction_reason}
        </Alert>
      )}
      {form.setup && (
        <Text size="sm" c="dimmed">
          {form.setup[locale]}
        </Text>
      )}
      {needsInstrument && <Instruments form={form} />}
      <Notes form={form} />
    </Stack>
  );
}

function Instruments({ form }: { form: Form }) {
  const t = useTexts('quality');
  const listed = useAsk('quality.instruments', {});
  const save = useCommand('quality.setHeader');
  const chosen = form.instruments.map(i => i.instrument_id);
  if (!form.may_fill)
    return (
      <Text size="sm">
        {form.instruments
          .map(i =>
            t('instrument_due', {
              code: i.instrument_code,
              name: i.instrument_name,
              due_on: i.calibration_due_on,
            }),
          )
          .join(' · ')}
      </Text>
    );
  const known = (listed.data?.instruments ?? []).filter(i => i.is_active);
  return (
    <>
      <MultiSelect
        label={t('instruments')}
        placeholder={known.length === 0 ? t('instruments_none') : ''}
        value={chosen}
        data={known.map(i => ({
          value: i.instrument_id,
          disabled: i.is_overdue,
          label: t(i.is_overdue ? 'instrument_overdue' : 'instrument_due', {
            code: i.instrument_code,
            name: i.instrument_name,
            due_on: i.calibration_due_on,
          }),
        }))}
        onChange={ids =>
          void save
            .run({
              log_id: form.log_id,
              notes: form.notes,
              instrument_ids: known.flatMap(i => (ids.includes(i.instrument_id) ? [i.instrument_id] : [])),
            })
            .catch(() => undefined)
        }
      />
      <RefusalNotice failure={save.failure} />
    </>
  );
}

function Notes({ form }: { form: Form }) {
  const t = useTexts('quality');
  const save = useCommand('quality.setHeader');
  const listed = useAsk('quality.instruments', {});
  const held = new Set(form.instruments.map(i => i.instrument_id));
  const kept = useKeptText(form.notes ?? '', notes =>
    save
      .run({
        log_id: form.log_id,
        notes,
        instrument_ids: (listed.data?.instruments ?? []).flatMap(i =>
          held.has(i.instrument_id) ? [i.instrument_id] : [],
        ),
      })
      .catch(() => undefined),
  );
  if (!form.may_fill && !form.notes) return null;
  return (
    <Textarea
      label={t('notes')}
      autosize
      minRows={1}
      maxLength={5000}
      readOnly={!form.may_fill}
      value={kept.text}
      onChange={event => kept.onChange(event.currentTarget.value)}
      onBlur={kept.flush}
    />
  );
}
