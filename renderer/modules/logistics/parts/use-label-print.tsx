import { Alert, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type ReactNode, useState } from 'react';
import { failureFrom } from '../../../rpc/client.ts';
import { useCommand } from '../../../rpc/hooks.ts';
import type { InputAt } from '../../../rpc/paths.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { useTexts, wordFailure } from '../../../ui/texts.ts';

type Wanted = InputAt<'logistics.printLabels'>;
interface Asking {
  wanted: Wanted;
  why: 'before' | 'duplicate' | 'other';
  words: string;
}
/** Prints with one action; asks only when a label was printed before, already waits or cannot be printed. */
export function useLabelPrint(onPrinted?: (batch_id: string | null) => void): {
  print(wanted: Wanted): void;
  pending: boolean;
  dialog: ReactNode;
} {
  const t = useTexts('logistics');
  const command = useCommand('logistics.printLabels');
  const [asking, setAsking] = useState<Asking | null>(null);
  const [reason, setReason] = useState('');
  const print = (wanted: Wanted) =>
    void command.run(wanted).then(
      done => {
        setAsking(null);
        setReason('');
        notifications.show({
          message: [
            t('sent', { count: done.job_ids.length, printer: done.printer_name }),
            done.is_fallback ? t('sent_fallback') : '',
          ].join(' '),
          closeButtonProps: { 'aria-label': t('close') },
        });
        onPrinted?.(done.batch_id);
      },
      error => {
        const failure = failureFrom(error);
        const why =
          failure.code === 'label_printed_before'
            ? 'before'
            : failure.code === 'label_duplicate'
              ? 'duplicate'
              : 'other';
        setAsking({ wanted, why, words: wordFailure(t, failure) });
      },
    );
  const again = () => {
    if (!asking) return;
    print(
      asking.why === 'duplicate'
        ? { ...asking.wanted, confirm_duplicate: true }
        : { ...asking.wanted, reprint_reason: reason.trim() },
    );
  };
  const dialog = asking && (
    <Dialog opened onClose={() => setAsking(null)} title={t('again.title')}>
      <DialogForm
        onSubmit={again}
        onCancel={() => setAsking(null)}
        submitLabel={t('print')}
        isReady={asking.why === 'duplicate' || (asking.why === 'before' && reason.trim().length > 2)}
        pending={command.pending}
        failure={null}
      >
        <Alert color="orange" variant="light" role="alert">
          {asking.words}
        </Alert>
        {asking.why === 'duplicate' && <Text size="sm">{t('again.duplicate')}</Text>}
        {asking.why === 'before' && (
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
  return { print, pending: command.pending, dialog };
}
