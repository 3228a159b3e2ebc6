import { Button, Group, Stack, Tabs, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useParams } from 'react-router';
import { useMe } from '../../../app/session.tsx';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import type { OutputAt } from '../../../rpc/paths.ts';
import { formatInstant } from '../../../ui/formats.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { EntityHistory } from '../../infrastructure/parts/EntityHistory.tsx';
import { LabelButton } from '../../logistics/parts/LabelButton.tsx';
import { EffectivePermissions } from '../parts/EffectivePermissions.tsx';
import { OneTimePassword } from '../parts/OneTimePassword.tsx';
import { PlantAccess } from '../parts/PlantAccess.tsx';
import { RoleAssignments } from '../parts/RoleAssignments.tsx';
import { toInput, UserFields, type UserValues } from '../parts/UserFields.tsx';

type User = OutputAt<'identity.getUser'>;

export default function UserScreen() {
  const { user_id = '' } = useParams();
  const found = useAsk('identity.getUser', { user_id });
  if (found.error) return <RefusalNotice failure={found.error} />;
  return found.data ? <UserPage user={found.data} /> : null;
}

function UserPage({ user }: { user: User }) {
  const t = useTexts('identity');
  const me = useMe();
  const mayEdit = me.may('users:update');
  const [password, setPassword] = useState<string | null>(null);
  const active = useCommand('identity.setUserActive');
  const reset = useCommand('identity.resetPassword');
  const unlock = useCommand('identity.unlockUser');
  const { user_id } = user;
  const actions = mayEdit && (
    <>
      <LabelButton subject={{ user_id }} />
      {user.locked_until_ms !== null && (
        <Button
          variant="default"
          loading={unlock.pending}
          onClick={() => unlock.run({ user_id }).catch(() => undefined)}
        >
          {t('user.unlock')}
        </Button>
      )}
      <Button
        variant="default"
        loading={reset.pending}
        onClick={() =>
          reset.run({ user_id }).then(
            made => setPassword(made.one_time_password),
            () => undefined,
          )
        }
      >
        {t('user.reset_password')}
      </Button>
      <Button
        variant="default"
        loading={active.pending}
        onClick={() => active.run({ user_id, is_active: !user.is_active }).catch(() => undefined)}
      >
        {t(user.is_active ? 'user.deactivate' : 'user.activate')}
      </Button>
    </>
  );
  const last =
    user.last_login_at_ms === null ? t('user.never') : formatInstant(user.last_login_at_ms, me.timezone);
  return (
    <>
      <PageHeader
        title={user.full_name}
        crumbs={[{ label: t('users.title'), to: '/admin/users' }]}
        status={<State user={user} />}
        actions={actions}
      />
      <Stack gap="sm">
        <Text c="dimmed">{`${user.username} · ${t('user.last_login_at', { at: last })}`}</Text>
        <RefusalNotice failure={active.failure ?? reset.failure ?? unlock.failure} />
        <Tabs defaultValue="person" keepMounted={false}>
          <Tabs.List mb="md">
            {['person', 'roles', 'permissions', 'history'].map(tab => (
              <Tabs.Tab key={tab} value={tab}>
                {t(`user.tabs.${tab}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="person">
            <PersonForm key={user.row_version} user={user} mayEdit={mayEdit} />
          </Tabs.Panel>
          <Tabs.Panel value="roles">
            <Stack gap="xl" maw={1100}>
              <section aria-label={t('assignments.title')}>
                <Title order={2} size="h5" mb="xs">
                  {t('assignments.title')}
                </Title>
                <RoleAssignments user={user} mayEdit={mayEdit} />
              </section>
              <section aria-label={t('access.title')}>
                <Title order={2} size="h5" mb="xs">
                  {t('access.title')}
                </Title>
                <PlantAccess user={user} mayEdit={mayEdit} />
              </section>
            </Stack>
          </Tabs.Panel>
          <Tabs.Panel value="permissions">
            <EffectivePermissions user_id={user_id} />
          </Tabs.Panel>
          <Tabs.Panel value="history">
            <EntityHistory entity_type="users" entity_id={user_id} />
          </Tabs.Panel>
        </Tabs>
      </Stack>
      <OneTimePassword password={password} onClose={() => setPassword(null)} />
    </>
  );
}

function State({ user }: { user: User }) {
  const t = useTexts('identity');
  if (!user.is_active) return <StatusBadge tone="neutral" label={t('user.inactive')} />;
  if (user.locked_until_ms !== null) return <StatusBadge tone="bad" label={t('user.locked_out')} />;
  if (user.must_change_password) return <StatusBadge tone="waiting" label={t('user.must_change')} />;
  return <StatusBadge tone="good" label={t('user.active')} />;
}

function PersonForm({ user, mayEdit }: { user: User; mayEdit: boolean }) {
  const t = useTexts('identity');
  const update = useCommand('identity.updateUser');
  const { username, full_name, initials, locale, plant_id, department_id } = user;
  const form = useForm<UserValues>({
    initialValues: {
      username,
      full_name,
      initials,
      email: user.email ?? '',
      locale,
      plant_id,
      department_id,
    },
  });
  const save = form.onSubmit(values =>
    update.run({ user_id: user.user_id, row_version: user.row_version, ...toInput(values) }).then(
      () => undefined,
      () => undefined,
    ),
  );
  return (
    <form onSubmit={save}>
      <Stack gap="md" maw={720}>
        <UserFields form={form} disabled={!mayEdit} />
        <RefusalNotice failure={update.failure} />
        {mayEdit && (
          <Group>
            <Button type="submit" disabled={!form.isDirty()} loading={update.pending}>
              {t('save')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
