import { Alert, Group, NativeSelect, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { PRINTER_KINDS, type PrinterRow } from '../../../../preload/contract/logistics.ts';
import { useCommand, useJob } from '../../../rpc/hooks.ts';
import type { InputAt } from '../../../rpc/paths.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { NumberField } from '../../../ui/NumberField.tsx';
import { useTexts } from '../../../ui/texts.ts';

type Fields = InputAt<'logistics.savePrinter'>;
const EMPTY: Fields = {
  printer_name: '',
  printer_kind: 'TCP',
  host: '',
  port: 9100,
  folder: '',
  system_name: '',
  density_dpi: 203,
  media_width_mm: 101.6,
  media_height_mm: 50.8,
  media_name: '',
  darkness: null,
  timeout_ms: 10_000,
  must_ask_state: false,
  is_active: true,
};
function fieldsOf(printer: PrinterRow | null): Fields {
  if (!printer) return EMPTY;
  const { mark: _mark, why: _why, waiting: _waiting, language: _language, ...fields } = printer;
  return fields;
}

/** How a printer is reached, its stock and its density. */
export function PrinterForm({ printer, onClose }: { printer: PrinterRow | null; onClose: () => void }) {
  const t = useTexts('logistics');
  const save = useCommand('logistics.savePrinter');
  const system = useJob('printing.printers');
  const [fields, setFields] = useState(fieldsOf(printer));
  const set = (change: Partial<Fields>) => setFields(held => ({ ...held, ...change }));
  const known = system.state.value;
  const chooseKind = (kind: string) => {
    const printer_kind = PRINTER_KINDS.find(one => one === kind) ?? 'TCP';
    set({ printer_kind });
    if (printer_kind === 'SYSTEM') void system.start({});
  };
  return (
    <Dialog opened onClose={onClose} title={printer?.printer_name ?? t('printers.new')} size="lg">
      <DialogForm
        onSubmit={() => void save.run(fields).then(onClose, () => undefined)}
        onCancel={onClose}
        submitLabel={t('save')}
        pending={save.pending}
        failure={save.failure}
      >
        <Group grow align="flex-start">
          <TextInput
            label={t('printers.name')}
            required
            maxLength={80}
            data-autofocus
            value={fields.printer_name}
            onChange={event => set({ printer_name: event.currentTarget.value })}
          />
          <NativeSelect
            label={t('printers.kind')}
            value={fields.printer_kind}
            onChange={event => chooseKind(event.currentTarget.value)}
            data={PRINTER_KINDS.map(value => ({ value, label: t(`printers.kinds.${value}`) }))}
          />
        </Group>
        {fields.printer_kind === 'TCP' && (
          <Group grow align="flex-start">
            <TextInput
              label={t('printers.host')}
              required
              maxLength={255}
              value={fields.host}
              onChange={event => set({ host: event.currentTarget.value })}
            />
            <NumberField
              label={t('printers.port')}
              min={1}
              max={65_535}
              allowDecimal={false}
              hideControls
              thousandSeparator=""
              value={fields.port}
              onChange={value => set({ port: Number(value) })}
            />
          </Group>
        )}
        {fields.printer_kind === 'FOLDER' && (
          <TextInput
            label={t('printers.folder')}
            required
            maxLength={1000}
            value={fields.folder}
            onChange={event => set({ folder: event.currentTarget.value })}
          />
        )}
        {fields.printer_kind === 'SYSTEM' && known && !known.available && (
          <Alert color="yellow" variant="light">
            {t('printers.system_browser')}
          </Alert>
        )}
        {fields.printer_kind === 'SYSTEM' && (
          <NativeSelect
            label={t('printers.system_name')}
            value={fields.system_name}
            onChange={event => set({ system_name: event.currentTarget.value })}
            data={[
              ...new Set(['', fields.system_name ?? '', ...(known?.printers.map(one => one.name) ?? [])]),
            ]}
          />
        )}
        <Group grow align="flex-start">
          <NativeSelect
            label={t('printers.density')}
            value={String(fields.density_dpi)}
            onChange={event => set({ density_dpi: event.currentTarget.value === '300' ? 300 : 203 })}
            data={['203', '300']}
          />
          <NumberField
            label={t('printers.media_width')}
            min={5}
            max={300}
            decimalScale={1}
            value={fields.media_width_mm}
            onChange={value => set({ media_width_mm: Number(value) })}
          />
          <NumberField
            label={t('printers.media_height')}
            min={5}
            max={600}
            decimalScale={1}
            value={fields.media_height_mm}
            onChange={value => set({ media_height_mm: Number(value) })}
          />
        </Group>
        <Group grow align="flex-end">
          <TextInput
            label={t('printers.media_name')}
            maxLength={80}
            value={fields.media_name}
            onChange={event => set({ media_name: event.currentTarget.value })}
          />
          <NumberField
            label={t('printers.timeout')}
            min={500}
            max={120_000}
            step={500}
            allowDecimal={false}
            value={fields.timeout_ms}
            onChange={value => set({ timeout_ms: Number(value) })}
          />
        </Group>
        <NumberField
          label={t('printers.darkness')}
          min={0}
          max={30}
          allowDecimal={false}
          value={fields.darkness ?? ''}
          onChange={value => set({ darkness: value === '' ? null : Number(value) })}
        />
        {fields.printer_kind === 'TCP' && (
          <Switch
            label={t('printers.must_ask_state')}
            checked={fields.must_ask_state ?? false}
            onChange={event => set({ must_ask_state: event.currentTarget.checked })}
          />
        )}
        <Switch
          label={t('printers.active')}
          checked={fields.is_active ?? true}
          onChange={event => set({ is_active: event.currentTarget.checked })}
        />
      </DialogForm>
    </Dialog>
  );
}
