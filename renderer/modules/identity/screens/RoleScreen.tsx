import { Button, Group, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useMe } from '../../../app/session.tsx';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import type { OutputAt } from '../../../rpc/paths.ts';
import { ConfirmPreview } from '../../../ui/ConfirmPreview.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { useNames } from '../parts/names.ts';
import { PermissionGrid, type Permissions } from '../parts/PermissionGrid.tsx';

type Found = OutputAt<'identity.getRole'>;

export default function RoleScreen() {
  const { role_id = 'new' } = useParams();
  const isNew = role_id === 'new';
  const list = useAsk('identity.listRoles', {}, { enabled: isNew });
  const found = useAsk('identity.getRole', { role_id }, { enabled: !isNew });
  const failure = list.error ?? found.error;
  if (failure) return <RefusalNotice failure={failure} />;
  if (isNew) return list.data ? <RolePage resources={list.data.resources} edited={null} /> : null;
  return found.data ? (
    <RolePage key={found.data.role.row_version} resources={found.data.resources} edited={found.data.role} />
  ) : null;
}

function RolePage({
  edited: role,
  resources,
}: {
  edited: Found['role'] | null;
  resources: Found['resources'];
}) {
  const t = useTexts('identity');
  const names = useNames();
  const me = useMe();
  const go = useNavigate();
  const save = useCommand('identity.saveRole');
  const setActive = useCommand('identity.setRoleActive');
  const remove = useCommand('identity.deleteRole');
  const [isRemoving, setRemoving] = useState(false);
  const [permissions, setPermissions] = useState<Permissions>(role?.permissions ?? {});
  const isSystem = role?.is_system_role ?? false;
  const title = role ? names.role(role.role_code, role.role_name) : t('roles.new');
  const form = useForm({
    initialValues: {
      role_code: role?.role_code ?? '',
      role_name: isSystem ? title : (role?.role_name ?? ''),
      description: isSystem
        ? t(`role_texts.${role?.role_code}`, { defaultValue: role?.description ?? '' })
        : (role?.description ?? ''),
    },
  });
  const mayEdit = me.may('roles:update');
  const isFixed = isSystem || !mayEdit;
  const submit = form.onSubmit(values =>
    save
      .run({
        ...values,
        permissions,
        is_active: role?.is_active ?? true,
        ...(role && { role_id: role.role_id, row_version: role.row_version }),
      })
      .then(
        saved => go(`/admin/roles/${saved.role_id}`, { replace: true }),
        () => undefined,
      ),
  );
  return (
    <form onSubmit={submit}>
      <PageHeader
        title={title}
        crumbs={[{ label: t('roles.title'), to: '/admin/roles' }]}
        actions={
          <>
            {role && !isSystem && me.may('roles:delete') && (
              <Button variant="default" onClick={() => setRemoving(true)}>
                {t('roles.delete')}
              </Button>
            )}
            {!isFixed && (
              <Button type="submit" loading={save.pending}>
                {t('save')}
              </Button>
            )}
          </>
        }
      />
      <Stack gap="md">
        {isSystem && <Text c="dimmed">{t('roles.system_text')}</Text>}
        <RefusalNotice failure={save.failure ?? setActive.failure} />
        <SimpleGrid cols={{ base: 1, sm: 3 }} maw={900}>
          <TextInput
            label={t('roles.name')}
            required
            maxLength={100}
            disabled={isFixed}
            {...form.getInputProps('role_name')}
          />
          <TextInput
            label={t('roles.code')}
            required
            maxLength={50}
            disabled={isFixed}
            {...form.getInputProps('role_code')}
          />
          <TextInput
            label={t('roles.description')}
            maxLength={500}
            disabled={isFixed}
            {...form.getInputProps('description')}
          />
        </SimpleGrid>
        {role && (
          <Group gap="lg">
            <Switch
              label={t('roles.active')}
              checked={role.is_active}
              disabled={!mayEdit || setActive.pending}
              onChange={event =>
                setActive
                  .run({ role_id: role.role_id, is_active: event.currentTarget.checked })
                  .catch(() => undefined)
              }
            />
            <Text size="sm" c="dimmed">
              {t('roles.held_by', { count: role.users })}
            </Text>
          </Group>
        )}
        <PermissionGrid
          resources={resources}
          permissions={permissions}
          onChange={setPermissions}
          disabled={isFixed}
        />
      </Stack>
      {role && (
        <ConfirmPreview
          opened={isRemoving}
          title={t('roles.delete_title', { role: title })}
          confirmLabel={t('roles.delete')}
          destructive
          pending={remove.pending}
          failure={remove.failure}
          onClose={() => setRemoving(false)}
          onConfirm={() =>
            remove.run({ role_id: role.role_id }).then(
              () => go('/admin/roles'),
              () => undefined,
            )
          }
        >
          <Text size="sm">{t('roles.held_by', { count: role.users })}</Text>
        </ConfirmPreview>
      )}
    </form>
  );
}
