import { NativeSelect, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AsBuiltRow, SerialSlot } from '../../../../preload/contract/traceability.ts';
import { useCommand } from '../../../rpc/hooks.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { useTexts } from '../../../ui/texts.ts';

interface Props {
  order_id: string;
  row: AsBuiltRow;
  /** Places of this item that need a serial number; none when it is captured of free will. */
  slots: readonly SerialSlot[];
  onClose: () => void;
}
/** One serial or batch number of one line; an own number takes the place of the wrong one. */
export function CaptureDialog({ order_id, row, slots, onClose }: Props) {
  const t = useTexts('traceability');
  const [kind, setKind] = useState(row.needs_serial ? 'serial' : 'batch');
  const firstOpen = slots.findIndex(slot => slot.serial === null);
  const [place, setPlace] = useState(Math.max(0, firstOpen));
  const [text, setText] = useState('');
  const serial = useCommand('traceability.captureSerial');
  const batch = useCommand('traceability.captureBatch');
  const slot = slots[place];
  const store = async () => {
    const where = { order_id, material_number: row.item_id, basin_index: slot?.basin_index ?? null };
    if (kind === 'serial')
      await serial.run({ ...where, serial_number: text, replaces_id: slot?.serial?.serial_id ?? null });
    else await batch.run({ ...where, batch_number: text });
    onClose();
  };
  const placeWords = ({ basin_index, unit_no, serial: held }: SerialSlot) =>
    [
      basin_index === null ? t('whole_build') : t('basin', { index: basin_index }),
      t('unit', { unit_no }),
      held && t('replaces', { serial_number: held.serial_number }),
    ]
      .filter(Boolean)
      .join(' · ');
  return (
    <Dialog opened onClose={onClose} title={t('capture_title', { item: row.item_id })}>
      <DialogForm
        onSubmit={() => void store().catch(() => undefined)}
        onCancel={onClose}
        submitLabel={t('capture')}
        isReady={text.trim() !== ''}
        pending={serial.pending || batch.pending}
        failure={serial.failure ?? batch.failure}
      >
        <Stack gap="sm">
          <SegmentedControl
            aria-label={t('kind')}
            value={kind}
            onChange={setKind}
            data={['serial', 'batch'].map(value => ({ value, label: t(`kinds.${value}`) }))}
          />
          {kind === 'serial' && slots.length > 1 && (
            <NativeSelect
              label={t('place')}
              value={String(place)}
              data={slots.map((one, at) => ({ value: String(at), label: placeWords(one) }))}
              onChange={event => setPlace(Number(event.currentTarget.value))}
            />
          )}
          <TextInput
            data-autofocus
            label={t(`numbers.${kind}`)}
            {...(kind === 'serial' && slot?.serial
              ? { description: t('replaces', { serial_number: slot.serial.serial_number }) }
              : {})}
            value={text}
            maxLength={100}
            autoComplete="off"
            onChange={event => setText(event.currentTarget.value)}
          />
        </Stack>
      </DialogForm>
    </Dialog>
  );
}
