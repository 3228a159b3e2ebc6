import { MultiSelect } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useMe } from '../../../app/session.tsx';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { useNames } from './names.ts';
import { emptyUser, toInput, UserFields, type UserValues } from './UserFields.tsx';

interface Props {
  opened: boolean;
  onClose: () => void;
  onMade: (user_id: string, one_time_password: string) => void;
}
export function NewUser({ opened, onClose, onMade }: Props) {
  const t = useTexts('identity');
  const names = useNames();
  const { me } = useMe();
  const roles = useAsk('identity.listRoles', {}, { enabled: opened }).data?.rows ?? [];
  const create = useCommand('identity.createUser');
  const [roleIds, setRoleIds] = useState<string[]>([]);
  const form = useForm<UserValues>({
    initialValues: { ...emptyUser, locale: me.locale, plant_id: me.plant_id },
  });
  const save = form.onSubmit(values =>
    create.run({ ...toInput(values), role_ids: roleIds }).then(
      made => {
        form.reset();
        setRoleIds([]);
        onMade(made.user_id, made.one_time_password);
      },
      () => undefined,
    ),
  );
  return (
    <Dialog opened={opened} onClose={onClose} title={t('users.new')} size="lg">
      <DialogForm
        onSubmit={save}
        onCancel={onClose}
        submitLabel={t('users.create')}
        pending={create.pending}
        failure={create.failure}
      >
        <UserFields form={form} />
        <MultiSelect
          label={t('user.roles')}
          data={roles
            .filter(r => r.is_active)
            .map(r => ({ value: r.role_id, label: names.role(r.role_code, r.role_name) }))}
          value={roleIds}
          onChange={setRoleIds}
          searchable
        />
      </DialogForm>
    </Dialog>
  );
}
