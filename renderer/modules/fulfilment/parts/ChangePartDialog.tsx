import { Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { type OutsourcedLine, outsourcingStatus } from '../../../../preload/contract/fulfilment.ts';
import { useCommand } from '../../../rpc/hooks.ts';
import { DayInput } from '../../../ui/DayInput.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { useTexts } from '../../../ui/texts.ts';

/** State, day and notes of one line that is out. */
export function ChangePartDialog({ line, onClose }: { line: OutsourcedLine; onClose: () => void }) {
  const t = useTexts('fulfilment');
  const change = useCommand('fulfilment.setOutsourcing');
  const [status, setStatus] = useState<string | null>(line.outsourcing_status);
  const [expected_on, setExpected] = useState(line.expected_on ?? '');
  const [notes, setNotes] = useState(line.notes ?? '');
  const run = () => {
    const chosen = outsourcingStatus.safeParse(status);
    void change
      .run({
        shipment_item_id: line.shipment_item_id,
        expected_version: line.row_version,
        notes: notes.trim(),
        ...(chosen.success ? { status: chosen.data } : {}),
        ...(expected_on ? { expected_on } : {}),
      })
      .then(onClose, () => undefined);
  };
  return (
    <Dialog opened onClose={onClose} title={t('screens.change_title', { item: line.material_number })}>
      <DialogForm
        onSubmit={run}
        onCancel={onClose}
        submitLabel={t('screens.change')}
        pending={change.pending}
        failure={change.failure}
      >
        <Select
          data-autofocus
          label={t('screens.new_status')}
          allowDeselect={false}
          data={outsourcingStatus.options.map(value => ({ value, label: t(`outsourcing.${value}`) }))}
          value={status}
          onChange={setStatus}
        />
        <DayInput label={t('screens.expected')} value={expected_on} clearable onChange={setExpected} />
        <Textarea
          label={t('screens.notes')}
          autosize
          minRows={2}
          maxLength={2000}
          value={notes}
          onChange={event => setNotes(event.currentTarget.value)}
        />
      </DialogForm>
    </Dialog>
  );
}
