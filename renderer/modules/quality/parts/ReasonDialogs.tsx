import { Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Form } from '../../../../preload/contract/inspection.ts';
import { useCommand } from '../../../rpc/hooks.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { useTexts } from '../../../ui/texts.ts';

interface Props {
  form: Form;
  onClose: () => void;
}
/** A signed record is corrected by a new revision with a reason. */
export function CorrectDialog({ form, onClose }: Props) {
  const t = useTexts('quality');
  const navigate = useNavigate();
  const correct = useCommand('quality.correctForm');
  const [reason, setReason] = useState('');
  return (
    <Dialog opened onClose={onClose} title={t('correct.title')}>
      <DialogForm
        onSubmit={() =>
          void correct.run({ log_id: form.log_id, reason }).then(
            ({ log_id }) => {
              onClose();
              navigate(`/quality/forms/${log_id}`);
            },
            () => undefined,
          )
        }
        onCancel={onClose}
        submitLabel={t('correct.open')}
        isReady={reason.trim().length >= 3}
        pending={correct.pending}
        failure={correct.failure}
      >
        <Text size="sm">{t('correct.text')}</Text>
        <Textarea
          data-autofocus
          label={t('reason')}
          required
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
/** A draft is put aside with a reason; its answers stay readable. */
export function DiscardDialog({ form, onClose }: Props) {
  const t = useTexts('quality');
  const navigate = useNavigate();
  const discard = useCommand('quality.discardForm');
  const [reason, setReason] = useState('');
  return (
    <Dialog opened onClose={onClose} title={t('discard')}>
      <DialogForm
        onSubmit={() =>
          void discard.run({ log_id: form.log_id, reason }).then(
            () => navigate('/quality'),
            () => undefined,
          )
        }
        onCancel={onClose}
        submitLabel={t('discard')}
        isReady={reason.trim() !== ''}
        pending={discard.pending}
        failure={discard.failure}
      >
        <Text size="sm">{t('discard_text', { answered: form.progress.answered })}</Text>
        <Textarea
          data-autofocus
          label={t('reason')}
          required
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
