import { Button, Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Instrument } from '../../../../preload/contract/inspection.ts';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { DayInput } from '../../../ui/DayInput.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { QualityTabs } from '../parts/QualityTabs.tsx';

/** Measuring instruments and the day up to which their calibration holds. */
export default function InstrumentsScreen() {
  const t = useTexts('quality');
  const list = useAsk('quality.instruments', {});
  const [edited, setEdited] = useState<Instrument | 'new' | null>(null);
  const mayEdit = list.data?.may_edit === true;
  const stateOf = (row: Instrument) =>
    !row.is_active ? 'inactive' : row.is_overdue ? 'overdue' : 'calibrated';
  const tones = { inactive: 'neutral', overdue: 'bad', calibrated: 'good' } as const;
  return (
    <Stack gap="xs" h="100%" style={{ minHeight: 0 }}>
      <PageHeader
        title={t('nav.instruments')}
        actions={
          mayEdit && (
            <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>
              {t('instrument.new')}
            </Button>
          )
        }
      />
      <QualityTabs />
      <RefusalNotice failure={list.error} />
      <DataGrid
        id="instruments"
        label={t('nav.instruments')}
        rows={list.data?.instruments ?? []}
        loading={list.isPending}
        rowKey={row => row.instrument_id}
        {...(mayEdit && { onOpen: setEdited })}
        columns={[
          { key: 'instrument_code', title: t('instrument.code'), width: 110 },
          { key: 'instrument_name', title: t('instrument.name'), width: 240 },
          { key: 'instrument_type', title: t('instrument.type'), width: 160 },
          { key: 'serial_number', title: t('instrument.serial_number'), width: 130 },
          { key: 'certificate_number', title: t('instrument.certificate_number'), width: 140 },
          { key: 'last_calibrated_on', title: t('instrument.last_calibrated_on'), width: 140 },
          { key: 'calibration_due_on', title: t('instrument.calibration_due_on'), width: 140 },
          {
            key: 'state',
            title: t('columns.state'),
            width: 150,
            value: row => t(`instrument.states.${stateOf(row)}`),
            render: row => (
              <StatusBadge tone={tones[stateOf(row)]} label={t(`instrument.states.${stateOf(row)}`)} />
            ),
          },
        ]}
        empty={<EmptyState title={t('instrument.none')} text={t('instrument.none_text')} />}
      />
      {edited && (
        <InstrumentDialog instrument={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
      )}
    </Stack>
  );
}

const TEXTS = [
  'instrument_code',
  'instrument_name',
  'instrument_type',
  'serial_number',
  'certificate_number',
] as const;
const LABELS = {
  instrument_code: 'code',
  instrument_name: 'name',
  instrument_type: 'type',
  serial_number: 'serial_number',
  certificate_number: 'certificate_number',
} as const;
const REQUIRED = new Set<string>(['instrument_code', 'instrument_name', 'instrument_type']);

function InstrumentDialog({ instrument, onClose }: { instrument: Instrument | null; onClose: () => void }) {
  const t = useTexts('quality');
  const save = useCommand('quality.saveInstrument');
  const form = useForm({
    initialValues: {
      instrument_code: instrument?.instrument_code ?? '',
      instrument_name: instrument?.instrument_name ?? '',
      instrument_type: instrument?.instrument_type ?? 'THERMOMETER',
      serial_number: instrument?.serial_number ?? '',
      certificate_number: instrument?.certificate_number ?? '',
      last_calibrated_on: instrument?.last_calibrated_on ?? '',
      calibration_due_on: instrument?.calibration_due_on ?? '',
      is_active: instrument?.is_active ?? true,
    },
  });
  const submit = (values: typeof form.values) =>
    void save
      .run({
        instrument_id: instrument?.instrument_id ?? null,
        row_version: instrument?.row_version ?? null,
        instrument: {
          ...values,
          serial_number: values.serial_number || null,
          certificate_number: values.certificate_number || null,
          last_calibrated_on: values.last_calibrated_on || null,
        },
      })
      .then(onClose, () => undefined);
  return (
    <Dialog opened onClose={onClose} title={instrument?.instrument_code ?? t('instrument.new')}>
      <DialogForm
        onSubmit={event => form.onSubmit(submit)(event)}
        onCancel={onClose}
        submitLabel={t('save')}
        pending={save.pending}
        failure={save.failure}
      >
        {TEXTS.map((name, at) => (
          <TextInput
            key={name}
            label={t(`instrument.${LABELS[name]}`)}
            required={REQUIRED.has(name)}
            maxLength={name === 'instrument_name' ? 200 : 50}
            {...(at === 0 && { 'data-autofocus': true })}
            {...form.getInputProps(name)}
          />
        ))}
        <DayInput
          clearable
          label={t('instrument.last_calibrated_on')}
          {...form.getInputProps('last_calibrated_on')}
          value={form.values.last_calibrated_on}
        />
        <DayInput
          required
          label={t('instrument.calibration_due_on')}
          {...form.getInputProps('calibration_due_on')}
          value={form.values.calibration_due_on}
        />
        <Switch label={t('instrument.active')} {...form.getInputProps('is_active', { type: 'checkbox' })} />
      </DialogForm>
    </Dialog>
  );
}
