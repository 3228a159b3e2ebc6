import { Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { NcrRow } from '../../../../preload/contract/quality.ts';
import { useCommand } from '../../../rpc/hooks.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { useTexts } from '../../../ui/texts.ts';

/** Settles an issue with what was done about it. */
export function SettleDialog({ issue, onClose }: { issue: NcrRow; onClose: () => void }) {
  const t = useTexts('fulfilment');
  const shortage = useCommand('fulfilment.resolveShortage');
  const other = useCommand('fulfilment.resolveIssue');
  const command = issue.ncr_type === 'SHORTAGE' ? shortage : other;
  const [notes, setNotes] = useState('');
  const run = () =>
    command
      .run({ ncr_id: issue.ncr_id, expected_version: issue.row_version, resolution_notes: notes.trim() })
      .then(onClose, () => undefined);
  return (
    <Dialog opened onClose={onClose} title={t('screens.settle_title', { number: issue.ncr_number })}>
      <DialogForm
        onSubmit={() => void run()}
        onCancel={onClose}
        submitLabel={t('screens.settle')}
        isReady={notes.trim() !== ''}
        pending={command.pending}
        failure={command.failure}
      >
        <Text size="sm">{issue.defect_description}</Text>
        <Textarea
          data-autofocus
          label={t('screens.resolution')}
          withAsterisk
          autosize
          minRows={3}
          maxLength={2000}
          value={notes}
          onChange={event => setNotes(event.currentTarget.value)}
        />
      </DialogForm>
    </Dialog>
  );
}
