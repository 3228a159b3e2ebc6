import { Button, Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { PrintJob } from '../../../../preload/contract/logistics.ts';
import { useMe } from '../../../app/session.tsx';
import { useCommand, useJob } from '../../../rpc/hooks.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { JobProgress } from '../../../ui/JobProgress.tsx';
import { NumberField } from '../../../ui/NumberField.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';

/** What can be done about a job; only what makes sense in its state. */
export function JobActions({ job }: { job: PrintJob }) {
  const t = useTexts('logistics');
  const { may } = useMe();
  const retry = useCommand('logistics.retryJob');
  const confirm = useCommand('logistics.confirmJob');
  const cancel = useCommand('logistics.cancelJob');
  const cancelBatch = useJob('logistics.cancelBatch');
  const [dialog, setDialog] = useState<'copy' | 'resume' | null>(null);
  if (!may('labels:create')) return null;
  const isUndecided = job.state === 'UNKNOWN' || job.state === 'FAILED';
  const isLabel = job.prints !== 'TEST_PAGE';
  const { job_id } = job;
  const quietly = (done: Promise<unknown>) => void done.catch(() => undefined);
  const button = (label: string, onClick: () => void) => (
    <Button size="compact-sm" variant="default" aria-label={`${label} ${job.title}`} onClick={onClick}>
      {label}
    </Button>
  );
  return (
    <>
      <Group gap={4} justify="flex-end">
        {job.state === 'UNKNOWN' && button(t('actions.came_out'), () => quietly(confirm.run({ job_id })))}
        {isUndecided && button(t('actions.retry'), () => quietly(retry.run({ job_id })))}
        {job.state === 'PRINTED' && isLabel && button(t('actions.reprint'), () => setDialog('copy'))}
        {job.batch_id &&
          job.state !== 'SENDING' &&
          job.state !== 'CANCELLED' &&
          button(t('actions.resume'), () => setDialog('resume'))}
        {(job.state === 'QUEUED' || isUndecided) &&
          button(t('cancel'), () => quietly(cancel.run({ job_id })))}
        {job.batch_id &&
          (job.state === 'QUEUED' || isUndecided) &&
          button(t('actions.cancel_batch'), () => void cancelBatch.start({ batch_id: job.batch_id ?? '' }))}
      </Group>
      <RefusalNotice failure={retry.failure ?? confirm.failure ?? cancel.failure} />
      <JobProgress state={cancelBatch.state} />
      {dialog === 'copy' && <CopyDialog job={job} onClose={() => setDialog(null)} />}
      {dialog === 'resume' && <ResumeDialog job={job} onClose={() => setDialog(null)} />}
    </>
  );
}

interface DialogProps {
  job: PrintJob;
  onClose: () => void;
}
function CopyDialog({ job, onClose }: DialogProps) {
  const t = useTexts('logistics');
  const reprint = useCommand('logistics.reprintJob');
  const [reason, setReason] = useState('');
  return (
    <Dialog opened onClose={onClose} title={`${t('again.title')} · ${job.title}`}>
      <DialogForm
        onSubmit={() => void reprint.run({ job_id: job.job_id, reason }).then(onClose, () => undefined)}
        onCancel={onClose}
        submitLabel={t('print')}
        isReady={reason.trim().length > 2}
        pending={reprint.pending}
        failure={reprint.failure}
      >
        <ReasonInput value={reason} onChange={setReason} />
      </DialogForm>
    </Dialog>
  );
}
function ResumeDialog({ job, onClose }: DialogProps) {
  const t = useTexts('logistics');
  const resume = useJob('logistics.resumeBatch');
  const isRunning = resume.state.kind === 'running';
  const [from, setFrom] = useState<number | string>(job.batch_position ?? 1);
  const [reason, setReason] = useState('');
  const submit = () =>
    void resume
      .start({ batch_id: job.batch_id ?? '', from_position: Number(from), reason })
      .then(done => done && onClose());
  return (
    <Dialog opened onClose={onClose} title={t('actions.resume')}>
      <DialogForm
        onSubmit={submit}
        onCancel={onClose}
        submitLabel={t('print')}
        isReady={reason.trim().length > 2 && Number(from) >= 1}
        pending={isRunning}
        failure={null}
      >
        <Text size="sm">{t('batch.text')}</Text>
        <NumberField
          label={t('batch.from')}
          min={1}
          max={job.batch_size ?? 1}
          allowDecimal={false}
          value={from}
          onChange={setFrom}
          data-autofocus
        />
        <ReasonInput value={reason} onChange={setReason} />
        <JobProgress state={resume.state} onCancel={resume.cancel} />
      </DialogForm>
    </Dialog>
  );
}
function ReasonInput({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const t = useTexts('logistics');
  return (
    <TextInput
      label={t('again.reason')}
      description={t('again.text')}
      value={value}
      onChange={event => onChange(event.currentTarget.value)}
      maxLength={500}
      required
    />
  );
}
