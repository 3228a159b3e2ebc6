import { Radio, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { BuildWork } from '../../../../preload/contract/assembly.ts';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { useTexts } from '../../../ui/texts.ts';
import type { Player } from './use-player.ts';

/** The build goes on to another assembler: what runs stops with its minutes, everything else stays as it is. */
export function HandOverDialog({ work, onClose }: { work: BuildWork; onClose: () => void }) {
  const t = useTexts('production');
  const { order_id } = work;
  const people = useAsk('production.handOverTo', { order_id }).data?.people ?? [];
  const handing = useCommand('production.handOver');
  const [chosen, setChosen] = useState('');
  const [note, setNote] = useState('');
  const person = people.find(found => found.user_id === chosen);
  return (
    <Dialog opened onClose={onClose} title={t('work.hand_over_title', { build_number: work.build_number })}>
      <DialogForm
        onSubmit={() =>
          person &&
          void handing.run({ order_id, to_user_id: person.user_id, note }).then(onClose, () => undefined)
        }
        onCancel={onClose}
        submitLabel={t('work.hand_over')}
        isReady={person !== undefined}
        pending={handing.pending}
        failure={handing.failure}
      >
        <Radio.Group label={t('work.hand_over_to')} value={chosen} onChange={setChosen}>
          <Stack gap="xs" mt="xs">
            {people.map(({ user_id, full_name, initials }) => (
              <Radio key={user_id} value={user_id} label={`${full_name} (${initials})`} size="lg" />
            ))}
            {people.length === 0 && t('work.nobody_else')}
          </Stack>
        </Radio.Group>
        <Textarea
          label={t('work.note')}
          value={note}
          maxLength={2000}
          autosize
          minRows={2}
          onChange={event => setNote(event.currentTarget.value)}
        />
      </DialogForm>
    </Dialog>
  );
}

type Kind = 'note' | 'undo';
/** A few words for the record of the task; taking back says why. */
export function NoteDialog({ player, kind, onClose }: { player: Player; kind: Kind; onClose: () => void }) {
  const t = useTexts('production');
  const [text, setText] = useState('');
  const store = async () => {
    if (kind === 'undo') await player.undo(text);
    else await player.note(text.trim());
    onClose();
  };
  return (
    <Dialog opened onClose={onClose} title={t(`work.dialogs.${kind}`)}>
      <DialogForm
        onSubmit={() => void store()}
        onCancel={onClose}
        submitLabel={t(`work.dialogs.${kind}_store`)}
        isReady={kind === 'undo' || text.trim() !== ''}
        pending={player.pending}
        failure={null}
      >
        <Textarea
          data-autofocus
          label={t(kind === 'undo' ? 'work.reason' : 'work.note')}
          description={t(`work.dialogs.${kind}_text`)}
          value={text}
          maxLength={2000}
          autosize
          minRows={3}
          onChange={event => setText(event.currentTarget.value)}
        />
      </DialogForm>
    </Dialog>
  );
}
