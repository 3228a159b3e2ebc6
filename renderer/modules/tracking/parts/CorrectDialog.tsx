import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Movement } from '../../../../preload/contract/tracking.ts';
import { useCommand } from '../../../rpc/hooks.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { quantityOf } from './entry-rows.ts';

/** Takes a movement back in full or in part by a compensating row; both stay visible. */
export function CorrectDialog({ movement, onClose }: { movement: Movement; onClose: () => void }) {
  const t = useTexts('tracking');
  const correcting = useCommand('tracking.correct');
  const left = movement.quantity - movement.corrected_quantity;
  const [quantity, setQuantity] = useState(String(left));
  const [reason, setReason] = useState('');
  const amount = quantityOf(quantity) ?? 0;
  return (
    <Dialog opened onClose={onClose} title={t('correct.title')}>
      <DialogForm
        onSubmit={() =>
          void correcting
            .run({ movement_id: movement.movement_id, quantity: amount, reason })
            .then(onClose, () => undefined)
        }
        onCancel={onClose}
        submitLabel={t('correct.submit')}
        isReady={amount > 0 && reason.trim() !== ''}
        pending={correcting.pending}
        failure={correcting.failure}
      >
        <Text size="sm">
          {t('correct.text', {
            order_number: movement.order_number,
            type: t(`types.${movement.movement_type}`),
            quantity: movement.quantity,
            work_center: movement.work_center_code,
            left,
          })}
        </Text>
        <TextInput
          label={t('columns.quantity')}
          inputMode="numeric"
          data-autofocus
          value={quantity}
          onChange={event => setQuantity(event.currentTarget.value)}
        />
        <TextInput
          label={t('correct.reason')}
          required
          maxLength={500}
          value={reason}
          onChange={event => setReason(event.currentTarget.value)}
        />
      </DialogForm>
    </Dialog>
  );
}
