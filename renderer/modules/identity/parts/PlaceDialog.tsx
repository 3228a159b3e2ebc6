import { Switch, TextInput } from '@mantine/core';
import type { GetInputPropsReturnType, UseFormReturnType } from '@mantine/form';
import type { ReactNode } from 'react';
import type { RpcFailure } from '../../../rpc/client.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { useTexts } from '../../../ui/texts.ts';

interface Props<V extends { is_active: boolean }> {
  title: string;
  /** Whose words the fields bear. */
  words: 'plants' | 'departments';
  name: GetInputPropsReturnType;
  code: GetInputPropsReturnType;
  form: UseFormReturnType<V>;
  onSubmit: (values: V) => void;
  onClose: () => void;
  save: { pending: boolean; failure: RpcFailure | null };
  children: ReactNode;
}
/** A plant or a department: name and code first, in use or not last, its own fields between. */
export function PlaceDialog<V extends { is_active: boolean }>(props: Props<V>) {
  const t = useTexts('identity');
  const { words, form, save } = props;
  return (
    <Dialog opened onClose={props.onClose} title={props.title}>
      <DialogForm
        onSubmit={event => form.onSubmit(props.onSubmit)(event)}
        onCancel={props.onClose}
        submitLabel={t('save')}
        pending={save.pending}
        failure={save.failure}
      >
        <TextInput label={t(`${words}.name`)} required maxLength={200} data-autofocus {...props.name} />
        <TextInput label={t(`${words}.code`)} required maxLength={20} {...props.code} />
        {props.children}
        <Switch label={t(`${words}.active`)} {...form.getInputProps('is_active', { type: 'checkbox' })} />
      </DialogForm>
    </Dialog>
  );
}
