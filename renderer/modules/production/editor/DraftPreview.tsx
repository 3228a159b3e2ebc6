import { Button, NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useAsk } from '../../../rpc/hooks.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { useTexts } from '../../../ui/texts.ts';

/** Opens the printed pack of a build of one's choice as it would be with this draft in force. */
export function DraftPreview({
  instruction_id,
  isSaved,
}: {
  instruction_id: string | null;
  isSaved: boolean;
}) {
  const t = useTexts('production');
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState('');
  const asked = useAsk('orders.list', { limit: 200 }, { enabled: isOpen });
  const builds = asked.data?.rows ?? [];
  const order_id = chosen || builds[0]?.order_id;
  return (
    <>
      <Button variant="default" disabled={!isSaved || instruction_id === null} onClick={() => setOpen(true)}>
        {t('editor.preview')}
      </Button>
      {isOpen && (
        <Dialog opened onClose={() => setOpen(false)} title={t('editor.preview')}>
          <DialogForm
            onSubmit={() =>
              void navigate(`/print/work_instructions?order=${order_id}&draft=${instruction_id}`)
            }
            onCancel={() => setOpen(false)}
            submitLabel={t('editor.preview_open')}
            isReady={order_id !== undefined}
            pending={false}
            failure={asked.error}
          >
            <Text size="sm">{t('editor.preview_text')}</Text>
            <NativeSelect
              label={t('editor.preview_build')}
              value={order_id ?? ''}
              onChange={event => setChosen(event.currentTarget.value)}
              data={builds.map(build => ({
                value: build.order_id,
                label: `${build.order_number} / ${build.build_number} · ${build.customer_name}`,
              }))}
              data-autofocus
            />
          </DialogForm>
        </Dialog>
      )}
    </>
  );
}
