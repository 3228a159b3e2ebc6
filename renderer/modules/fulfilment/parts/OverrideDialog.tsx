import { Select, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Situation } from '../../../../preload/contract/fulfilment.ts';
import { buildStatus } from '../../../../preload/contract/orders.ts';
import { useCommand } from '../../../rpc/hooks.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { useTexts } from '../../../ui/texts.ts';

const LEAST_REASON = 3;
/** An administrator's way past the workflow. */
export function OverrideDialog({ situation, onClose }: { situation: Situation; onClose: () => void }) {
  const t = useTexts('fulfilment');
  const orders = useTexts('orders');
  const override = useCommand('fulfilment.override');
  const [to, setTo] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const target = buildStatus.safeParse(to);
  const run = () => {
    if (!target.success) return;
    void override
      .run({
        order_id: situation.order_id,
        to_status: target.data,
        expected_version: situation.row_version,
        reason: reason.trim(),
      })
      .then(onClose, () => undefined);
  };
  return (
    <Dialog opened onClose={onClose} title={t('screens.override_title')}>
      <DialogForm
        onSubmit={run}
        onCancel={onClose}
        submitLabel={t('screens.confirm')}
        isReady={target.success && reason.trim().length >= LEAST_REASON}
        pending={override.pending}
        failure={override.failure}
      >
        <Text size="sm">{t('screens.override_text')}</Text>
        <Select
          data-autofocus
          label={t('screens.to_status')}
          withAsterisk
          data={buildStatus.options
            .filter(status => status !== situation.order_status)
            .map(status => ({ value: status, label: orders(`statuses.${status}`) }))}
          value={to}
          onChange={setTo}
        />
        <Textarea
          label={t('screens.reason')}
          withAsterisk
          autosize
          minRows={2}
          maxLength={2000}
          value={reason}
          onChange={event => setReason(event.currentTarget.value)}
        />
      </DialogForm>
    </Dialog>
  );
}
