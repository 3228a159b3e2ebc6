import { Alert, Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
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
  /** It cannot be done now: the reason, shown where the button is off. */
  blocked?: string | null;
  /** Cannot be undone: the button says so in colour. */
  destructive?: boolean;
  children?: ReactNode;
}
/** Shows what a wide or irreversible action will do before it does it. */
export function ConfirmPreview(props: Props) {
  const t = useTexts('ui');
  const isBlocked = Boolean(props.blocked);
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
        {props.blocked && (
          <Alert color="yellow" variant="light" icon={<IconAlertTriangle aria-hidden />}>
            {props.blocked}
          </Alert>
        )}
        <RefusalNotice failure={props.failure} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" data-autofocus={isBlocked || undefined} onClick={props.onClose}>
            {t('cancel')}
          </Button>
          <Button
            data-autofocus={!isBlocked || undefined}
            disabled={isBlocked}
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
