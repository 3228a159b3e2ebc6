import { Checkbox, List, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Situation, TransitionOffer } from '../../../../preload/contract/fulfilment.ts';
import { useMe } from '../../../app/session.tsx';
import { useCommand } from '../../../rpc/hooks.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { OrderStatusBadge } from '../../orders/parts/OrderStatusBadge.tsx';
import { missingWords, rolesWords } from './steps.ts';

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
  const arrived = useCommand('fulfilment.bodyArrived');
  const { may } = useMe();
  const [comment, setComment] = useState('');
  const partsOut = step.missing.find(entry => entry.code === 'parts_out');
  const mayReceive = partsOut !== undefined && may('outsourcing:update');
  const [isReceived, setReceived] = useState(true);
  const [isWaived, setWaived] = useState(false);
  const [carrier_name, setCarrier] = useState('');
  const [tracking_number, setTracking] = useState('');
  const isReceiving = mayReceive && isReceived;
  const stays = step.missing.filter(
    entry => !(isReceiving && entry === partsOut) && !(isWaived && entry.is_waivable),
  );
  const needsComment = step.needs_comment || (isWaived && !isReceiving);
  const isShipping = step.to_status === 'SHIPPED';
  const given = comment.trim() ? { comment: comment.trim() } : {};
  const { order_id, row_version } = situation;
  const run = () => {
    const done = isReceiving
      ? arrived.run({ order_id, ...given })
      : move.run({
          order_id,
          transition_code: step.transition_code,
          expected_version: row_version,
          waive: isWaived,
          ...given,
          ...(isShipping ? { carrier_name, tracking_number } : {}),
        });
    void done.then(onClose, () => undefined);
  };
  return (
    <Dialog opened onClose={onClose} title={name}>
      <DialogForm
        onSubmit={run}
        onCancel={onClose}
        submitLabel={t('screens.confirm')}
        isReady={stays.length === 0 && (!needsComment || comment.trim() !== '')}
        pending={move.pending || arrived.pending}
        failure={move.failure ?? arrived.failure}
      >
        {step.approver && (
          <Text size="sm">
            {t('screens.asks_approval', {
              approver: step.approver.name ?? rolesWords(t, [step.approver.role ?? '']),
            })}
          </Text>
        )}
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
            {mayReceive && (
              <Checkbox
                label={t('screens.receive_all')}
                checked={isReceived}
                onChange={event => setReceived(event.currentTarget.checked)}
              />
            )}
            {!isReceiving && step.missing.some(entry => entry.is_waivable) && (
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
