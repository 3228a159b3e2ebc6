import { Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ServiceOrderRow } from '../../../../preload/contract/service-orders.ts';
import { useCommand } from '../../../rpc/hooks.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { useTexts } from '../../../ui/texts.ts';

interface Props {
  order_ids: ServiceOrderRow['order_id'][];
  onClose: () => void;
  onDone: () => void;
}
/** Rejecting says why; whoever asked reads it. */
export function RejectDialog({ order_ids, onClose, onDone }: Props) {
  const t = useTexts('orders');
  const rejecting = useCommand('orders.rejectServiceOrders');
  const [reason, setReason] = useState('');
  return (
    <Dialog opened onClose={onClose} title={t('service.reject_title', { count: order_ids.length })}>
      <DialogForm
        onSubmit={() => void rejecting.run({ order_ids, reason }).then(onDone, () => undefined)}
        onCancel={onClose}
        submitLabel={t('service.reject')}
        isReady={reason.trim() !== ''}
        pending={rejecting.pending}
        failure={rejecting.failure}
      >
        <Textarea
          data-autofocus
          withAsterisk
          label={t('service.reason')}
          value={reason}
          maxLength={2000}
          autosize
          minRows={3}
          onChange={event => setReason(event.currentTarget.value)}
        />
      </DialogForm>
    </Dialog>
  );
}
