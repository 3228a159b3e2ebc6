import { Button, Group, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import type { Failure } from '../../preload/contract/rpc.ts';
import { RefusalNotice } from './RefusalNotice.tsx';
import { useTexts } from './texts.ts';

interface Props {
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  onCancel: () => void;
  submitLabel: string;
  /** What leaving means, where it is not simply closing. */
  cancelLabel?: string;
  isReady?: boolean;
  pending: boolean;
  failure: Failure | null;
  children: ReactNode;
}
/** The body of a small dialog: fields, what was refused, Cancel and the one action. */
export function DialogForm(props: Props) {
  const t = useTexts('ui');
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    props.onSubmit(event);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {props.children}
        <RefusalNotice failure={props.failure} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onCancel}>
            {props.cancelLabel ?? t('cancel')}
          </Button>
          <Button type="submit" loading={props.pending} disabled={props.isReady === false}>
            {props.submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
