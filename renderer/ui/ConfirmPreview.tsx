import { Button, Group, Stack, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Failure } from '../../preload/contract/rpc.ts';
import { Dialog } from './Dialog.tsx';
import { formatCount } from './formats.ts';
import { RefusalNotice } from './RefusalNotice.tsx';
import { useTexts } from './texts.ts';

interface Props {
  opened: boolean;
  title: string;
  text?: string;
  /** What will be touched, with how many. */
  counts?: { label: string; count: number }[];
  confirmLabel: string;
  onConfirm: () => void;
  onClose: () => void;
  pending?: boolean;
  failure?: Failure | null;
  /** Cannot be undone: the button says so in colour. */
  destructive?: boolean;
  children?: ReactNode;
}
/** Shows what a wide or irreversible action will do before it does it. */
export function ConfirmPreview(props: Props) {
  const t = useTexts('ui');
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={props.title}>
      <Stack gap="sm">
        {props.text && <Text size="sm">{props.text}</Text>}
        {props.counts && (
          <Table>
            <Table.Tbody>
              {props.counts.map(({ label, count }) => (
                <Table.Tr key={label}>
                  <Table.Td>{label}</Table.Td>
                  <Table.Td ta="right">{formatCount(count)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
        {props.children}
        <RefusalNotice failure={props.failure} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose}>
            {t('cancel')}
          </Button>
          <Button
            data-autofocus
            color={props.destructive ? 'red' : undefined}
            loading={props.pending}
            onClick={props.onConfirm}
          >
            {props.confirmLabel}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
