import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { OutsourcedLine } from '../../../../preload/contract/fulfilment.ts';
import { useCommand } from '../../../rpc/hooks.ts';
import { DayInput } from '../../../ui/DayInput.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { useTexts } from '../../../ui/texts.ts';

const LEAST_SUPPLIER = 2;
/** Sends lines of one build to whoever makes or finishes them. */
export function SendDialog({ lines, onClose }: { lines: OutsourcedLine[]; onClose: () => void }) {
  const t = useTexts('fulfilment');
  const send = useCommand('fulfilment.sendParts');
  const first = lines[0];
  const [supplier, setSupplier] = useState(first?.supplier ?? '');
  const [expected_on, setExpected] = useState('');
  const [tracking_number, setTracking] = useState('');
  if (!first) return null;
  const run = () =>
    send
      .run({
        order_id: first.order_id,
        shipment_item_ids: lines.map(line => line.shipment_item_id),
        supplier: supplier.trim(),
        ...(expected_on ? { expected_on } : {}),
        ...(tracking_number.trim() ? { tracking_number: tracking_number.trim() } : {}),
      })
      .then(onClose, () => undefined);
  return (
    <Dialog opened onClose={onClose} title={t('screens.send_title', { count: lines.length })}>
      <DialogForm
        onSubmit={() => void run()}
        onCancel={onClose}
        submitLabel={t('screens.send')}
        isReady={supplier.trim().length >= LEAST_SUPPLIER}
        pending={send.pending}
        failure={send.failure}
      >
        <TextInput
          data-autofocus
          label={t('screens.supplier')}
          withAsterisk
          maxLength={200}
          value={supplier}
          onChange={event => setSupplier(event.currentTarget.value)}
        />
        <DayInput
          label={t('screens.expected')}
          description={t('screens.expected_hint')}
          value={expected_on}
          clearable
          onChange={setExpected}
        />
        <TextInput
          label={t('screens.tracking_number')}
          maxLength={100}
          value={tracking_number}
          onChange={event => setTracking(event.currentTarget.value)}
        />
      </DialogForm>
    </Dialog>
  );
}
