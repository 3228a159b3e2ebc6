import { Alert, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type ReactNode, useState } from 'react';
import { MOST_AT_ONCE } from '../../../../preload/contract/labels.ts';
import { useCommand, useJob } from '../../../rpc/hooks.ts';
import type { InputAt } from '../../../rpc/paths.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { JobProgress } from '../../../ui/JobProgress.tsx';
import { useTexts, wordFailure } from '../../../ui/texts.ts';

type Wanted = InputAt<'logistics.printLabels'>;
interface Asked {
  wanted: Wanted;
  /** Labels it is made of. */
  count: number;
}
/** Prints with one action; asks only when a label was printed before, already waits or cannot be printed. */
export function useLabelPrint(onPrinted?: (batch_id: string | null) => void): {
  print(wanted: Wanted, count: number): void;
  pending: boolean;
  /** How far a long run is laid out. */
  progress: ReactNode;
  dialog: ReactNode;
} {
  const t = useTexts('logistics');
  const command = useCommand('logistics.printLabels');
  const run = useJob('logistics.printRun');
  const [asked, setAsked] = useState<Asked | null>(null);
  const [reason, setReason] = useState('');
  const pending = command.pending || run.state.kind === 'running';
  const send = async (next: Asked) => {
    setAsked(next);
    // What was refused stands in `failure`, where the dialog takes it from.
    const done = await (next.count > MOST_AT_ONCE
      ? run.start(next.wanted)
      : command.run(next.wanted).catch(() => undefined));
    if (!done) return;
    leave();
    notifications.show({
      message: [
        t('sent', { count: done.job_ids.length, printer: done.printer_name }),
        done.is_fallback && t('sent_fallback'),
        done.is_verified && t('sent_to_verify'),
      ]
        .filter(Boolean)
        .join(' · '),
      closeButtonProps: { 'aria-label': t('close') },
    });
    onPrinted?.(done.batch_id);
  };
  const leave = () => {
    setAsked(null);
    setReason('');
    command.reset();
    run.reset();
  };
  const failure = command.failure ?? run.state.error ?? null;
  const asking = asked && failure && failure.code !== 'job_cancelled' ? { ...asked, failure } : null;
  const isDuplicate = asking?.failure.code === 'label_duplicate';
  const isBefore = asking?.failure.code === 'label_printed_before';
  const again = () => {
    if (!asking) return;
    const more = isDuplicate ? { confirm_duplicate: true } : { reprint_reason: reason.trim() };
    void send({ ...asking, wanted: { ...asking.wanted, ...more } });
  };
  const dialog = asking && (
    <Dialog opened onClose={leave} title={t('again.title')}>
      <DialogForm
        onSubmit={again}
        onCancel={leave}
        submitLabel={t('print')}
        isReady={isDuplicate || (isBefore && reason.trim().length > 2)}
        pending={pending}
        failure={null}
      >
        <Alert color="orange" variant="light" role="alert">
          {wordFailure(t, asking.failure)}
        </Alert>
        {isDuplicate && <Text size="sm">{t('again.duplicate')}</Text>}
        {isBefore && (
          <TextInput
            label={t('again.reason')}
            description={t('again.text')}
            value={reason}
            onChange={event => setReason(event.currentTarget.value)}
            maxLength={500}
            required
            data-autofocus
          />
        )}
      </DialogForm>
    </Dialog>
  );
  const progress = run.state.kind === 'running' && <JobProgress state={run.state} onCancel={run.cancel} />;
  return { print: (wanted, count) => void send({ wanted, count }), pending, progress, dialog };
}
