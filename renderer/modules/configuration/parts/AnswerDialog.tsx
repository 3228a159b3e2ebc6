import { PasswordInput, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ApprovalRow } from '../../../../preload/contract/configuration.ts';
import { useCommand } from '../../../rpc/hooks.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { useTexts } from '../../../ui/texts.ts';

const LEAST_COMMENT = 3;
interface Props {
  approval: ApprovalRow;
  decision: 'APPROVED' | 'REJECTED';
  onClose: () => void;
}
/** The answer with its comment, signed where the step asks for it. A wrong password keeps everything. */
export function AnswerDialog({ approval, decision, onClose }: Props) {
  const t = useTexts('configuration');
  const answer = useCommand('configuration.answerApproval');
  const [comment, setComment] = useState('');
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const isRejecting = decision === 'REJECTED';
  const given = comment.trim();
  const isWorded = given.length >= LEAST_COMMENT || (!isRejecting && given === '');
  const isSigned = !approval.needs_signature || (username.trim() !== '' && password !== '');
  const submit = () =>
    void answer
      .run({
        approval_id: approval.approval_id,
        expected_version: approval.row_version,
        decision,
        ...(given && { comment: given }),
        ...(approval.needs_signature && { credentials: { username, password } }),
      })
      .then(onClose, () => setPassword(''));
  return (
    <Dialog opened onClose={onClose} title={t(isRejecting ? 'approvals.reject' : 'approvals.approve')}>
      <DialogForm
        onSubmit={submit}
        onCancel={onClose}
        submitLabel={t(isRejecting ? 'approvals.reject' : 'approvals.approve')}
        isReady={isWorded && isSigned}
        pending={answer.pending}
        failure={answer.failure}
      >
        <Text size="sm">{t(`declarations.${decision}`, { label: approval.entity_label })}</Text>
        <Textarea
          label={t(isRejecting ? 'approvals.reason' : 'approvals.comment')}
          withAsterisk={isRejecting}
          data-autofocus
          autosize
          minRows={2}
          maxLength={2000}
          value={comment}
          onChange={event => setComment(event.currentTarget.value)}
        />
        {approval.needs_signature && (
          <>
            <Text size="sm" c="dimmed">
              {t('approvals.sign')}
            </Text>
            <TextInput
              label={t('approvals.username')}
              autoComplete="off"
              value={username}
              onChange={event => setUsername(event.currentTarget.value)}
            />
            <PasswordInput
              label={t('approvals.password')}
              autoComplete="off"
              value={password}
              onChange={event => setPassword(event.currentTarget.value)}
            />
          </>
        )}
      </DialogForm>
    </Dialog>
  );
}
