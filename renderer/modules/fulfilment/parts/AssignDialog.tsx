import { Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import type { InputAt } from '../../../rpc/paths.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { useTexts } from '../../../ui/texts.ts';

type Builds = InputAt<'fulfilment.assign'>['orders'];
const NOBODY = '';
/** Gives builds of one status to a person who may have them, or to nobody. */
export function AssignDialog({ orders, onClose }: { orders: Builds; onClose: () => void }) {
  const t = useTexts('fulfilment');
  const assign = useCommand('fulfilment.assign');
  const [chosen, setChosen] = useState<string | null>(null);
  const first = orders[0];
  const people = useAsk(
    'fulfilment.candidates',
    { order_id: first?.order_id ?? '' },
    { enabled: first !== undefined },
  );
  const found = people.data?.people ?? [];
  const run = () =>
    assign
      .run({ orders, user_id: found.find(entry => entry.user_id === chosen)?.user_id ?? null })
      .then(onClose, () => undefined);
  return (
    <Dialog opened onClose={onClose} title={t('screens.assign_title', { count: orders.length })}>
      <DialogForm
        onSubmit={() => void run()}
        onCancel={onClose}
        submitLabel={t('screens.assign')}
        isReady={chosen !== null}
        pending={assign.pending}
        failure={assign.failure ?? people.error}
      >
        {people.data && found.length === 0 && <Text size="sm">{t('screens.no_candidates')}</Text>}
        <Radio.Group label={t('screens.assign_to')} value={chosen ?? undefined} onChange={setChosen}>
          <Stack gap={6} mt={6}>
            {found.map((entry, at) => (
              <Radio
                key={entry.user_id}
                value={entry.user_id}
                label={entry.full_name}
                data-autofocus={at === 0 || undefined}
              />
            ))}
            <Radio value={NOBODY} label={t('screens.assign_nobody')} />
          </Stack>
        </Radio.Group>
      </DialogForm>
    </Dialog>
  );
}
