import { Checkbox, List, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Situation, TransitionOffer } from '../../../../preload/contract/fulfilment.ts';
import { useCommand } from '../../../rpc/hooks.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { OrderStatusBadge } from '../../orders/parts/OrderStatusBadge.tsx';
import { missingWords } from './missing-words.ts';

interface Props {
  situation: Situation;
  step: TransitionOffer;
  name: string;
  onClose: () => void;
}
/** One step of the workflow with what it asks for: a comment, a reason to pass over a check, carrier and tracking. */
export function MoveDialog({ situation, step, name, onClose }: Props) {
  const t = useTexts('fulfilment');
  const move = useCommand('fulfilment.move');
  const [comment, setComment] = useState('');
  const [isWaived, setWaived] = useState(false);
  const [carrier_name, setCarrier] = useState('');
  const [tracking_number, setTracking] = useState('');
  const stays = step.missing.filter(entry => !(isWaived && entry.is_waivable));
  const needsComment = step.needs_comment || isWaived;
  const isShipping = step.to_status === 'SHIPPED';
  const run = () =>
    move
      .run({
        order_id: situation.order_id,
        transition_code: step.transition_code,
        expected_version: situation.row_version,
        waive: isWaived,
        ...(comment.trim() ? { comment: comment.trim() } : {}),
        ...(isShipping ? { carrier_name, tracking_number } : {}),
      })
      .then(onClose, () => undefined);
  return (
    <Dialog opened onClose={onClose} title={name}>
      <DialogForm
        onSubmit={() => void run()}
        onCancel={onClose}
        submitLabel={t('screens.confirm')}
        isReady={stays.length === 0 && (!needsComment || comment.trim() !== '')}
        pending={move.pending}
        failure={move.failure}
      >
        <OrderStatusBadge status={step.to_status} />
        {step.missing.length > 0 && (
          <Stack gap={4}>
            <Text size="sm" fw={600}>
              {t('screens.missing_n', { count: step.missing.length })}
            </Text>
            <List size="sm">
              {step.missing.map(entry => (
                <List.Item key={entry.guard}>{missingWords(t, entry)}</List.Item>
              ))}
            </List>
            {step.missing.some(entry => entry.is_waivable) && (
              <Checkbox
                label={t('screens.waive')}
                checked={isWaived}
                onChange={event => setWaived(event.currentTarget.checked)}
              />
            )}
          </Stack>
        )}
        {isShipping && (
          <>
            <TextInput
              label={t('screens.carrier')}
              maxLength={100}
              value={carrier_name}
              onChange={event => setCarrier(event.currentTarget.value)}
              data-autofocus
            />
            <TextInput
              label={t('screens.tracking')}
              maxLength={100}
              value={tracking_number}
              onChange={event => setTracking(event.currentTarget.value)}
            />
          </>
        )}
        <Textarea
          label={needsComment ? t('screens.reason') : t('screens.comment')}
          withAsterisk={needsComment}
          autosize
          minRows={2}
          maxLength={2000}
          value={comment}
          onChange={event => setComment(event.currentTarget.value)}
          {...(isShipping ? {} : { 'data-autofocus': true })}
        />
      </DialogForm>
    </Dialog>
  );
}
