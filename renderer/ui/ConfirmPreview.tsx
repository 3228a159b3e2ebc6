import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Failure } from '../../preload/contract/rpc.ts';
import { RefusalNotice } from './RefusalNotice.tsx';
import { useTexts } from './texts.ts';

/** Shows what a wide or final action will do, with counts, before it is done. */
export function ConfirmPreview({
  opened,
  title,
  children,
  confirm,
  danger = false,
  pending = false,
  failure,
  onConfirm,
  onClose,
}: {
  opened: boolean;
  title: string;
  children: ReactNode;
  confirm: string;
  danger?: boolean;
  pending?: boolean;
  failure?: Failure | null;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const t = useTexts('ui');
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="md">
        {children}
        <RefusalNotice failure={failure} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button color={danger ? 'red' : undefined} loading={pending} onClick={onConfirm}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
