import { Anchor, Button, Group, Select, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { formatInstant } from '../../../ui/formats.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { SearchInput } from '../../../ui/SearchInput.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { ImportButton } from '../../imports/parts/ImportButton.tsx';
import { ExcelButton } from '../../reporting/parts/ExcelButton.tsx';
import { InactivePeople } from '../../tracking/parts/InactivePeople.tsx';
import { NewUser } from '../parts/NewUser.tsx';
import { useNames } from '../parts/names.ts';
import { OneTimePassword } from '../parts/OneTimePassword.tsx';

export default function UsersScreen() {
  const t = useTexts('identity');
  const names = useNames();
  const me = useMe();
  const go = useNavigate();
  const [search, setSearch] = useState('');
  const [roleId, setRoleId] = useState<string | null>(null);
  const [plantId, setPlantId] = useState<string | null>(null);
  const [departmentId, setDepartmentId] = useState<string | null>(null);
  const [active, setActive] = useState<string>('active');
  const [isNew, setNew] = useState(false);
  const [made, setMade] = useState<{ user_id: string; password: string } | null>(null);
  const roles = useAsk('identity.listRoles', {}).data?.rows ?? [];
  const plants = useAsk('identity.listPlants', {}).data ?? [];
  const departments = useAsk('identity.listDepartments', plantId ? { plant_id: plantId } : {}).data ?? [];
  const filter = {
    ...(search && { search }),
    ...(roleId && { role_id: roleId }),
    ...(plantId && { plant_id: plantId }),
    ...(departmentId && { department_id: departmentId }),
    ...(active !== 'all' && { is_active: active === 'active' }),
  };
  const users = useAsk('identity.listUsers', filter, { keepPrevious: true });
  return (
    <>
      <PageHeader
        title={t('users.title')}
        actions={
          <>
            <InactivePeople />
            <ExcelButton path="reporting.exportUsers" input={{ filter }} rows={users.data?.length ?? 0} />
            <ImportButton kind="users" />
            {me.may('users:create') && <Button onClick={() => setNew(true)}>{t('users.new')}</Button>}
          </>
        }
      />
      <Group gap="xs" pb="sm">
        <SearchInput value={search} onChange={setSearch} label={t('users.find')} width={310} />
        <Select
          aria-label={t('user.roles')}
          w={150}
          placeholder={t('users.any_role')}
          clearable
          searchable
          data={roles.map(r => ({ value: r.role_id, label: names.role(r.role_code, r.role_name) }))}
          value={roleId}
          onChange={setRoleId}
        />
        <Select
          aria-label={t('user.plant')}
          w={150}
          placeholder={t('users.any_plant')}
          clearable
          data={plants.map(p => ({ value: p.plant_id, label: p.plant_name }))}
          value={plantId}
          onChange={id => {
            setPlantId(id);
            setDepartmentId(null);
          }}
        />
        <Select
          aria-label={t('user.department')}
          w={175}
          placeholder={t('users.any_department')}
          clearable
          data={departments.map(d => ({ value: d.department_id, label: d.dept_name }))}
          value={departmentId}
          onChange={setDepartmentId}
        />
        <Select
          aria-label={t('users.state')}
          allowDeselect={false}
          w={125}
          data={['active', 'inactive', 'all'].map(value => ({ value, label: t(`users.${value}`) }))}
          value={active}
          onChange={value => setActive(value ?? 'active')}
        />
      </Group>
      <RefusalNotice failure={users.error} />
      {users.data?.length === 0 && <EmptyState title={t('users.none')} hint={t('users.none_text')} />}
      {users.data && users.data.length > 0 && (
        <Table.ScrollContainer minWidth={820}>
          <Table highlightOnHover stickyHeader verticalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                {['full_name', 'username', 'roles', 'plant', 'department', 'last_login', 'state'].map(key => (
                  <Table.Th key={key}>{t(`user.${key}`)}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {users.data.map(user => (
                <Table.Tr key={user.user_id}>
                  <Table.Td>
                    <Anchor component={Link} to={`/admin/users/${user.user_id}`} size="sm">
                      {user.full_name}
                    </Anchor>{' '}
                    <Text span size="xs" c="dimmed">
                      {user.initials}
                    </Text>
                  </Table.Td>
                  <Table.Td>{user.username}</Table.Td>
                  <Table.Td>{user.roles.map(r => names.role(r.role_code, r.role_name)).join(', ')}</Table.Td>
                  <Table.Td>{user.plant_name}</Table.Td>
                  <Table.Td>{user.department_name}</Table.Td>
                  <Table.Td style={{ whiteSpace: 'nowrap' }}>
                    {user.last_login_at_ms === null
                      ? t('user.never')
                      : formatInstant(user.last_login_at_ms, me.timezone)}
                  </Table.Td>
                  <Table.Td>
                    <UserState user={user} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <NewUser
        opened={isNew}
        onClose={() => setNew(false)}
        onMade={(user_id, password) => {
          setNew(false);
          setMade({ user_id, password });
        }}
      />
      <OneTimePassword
        password={made?.password ?? null}
        onClose={() => made && go(`/admin/users/${made.user_id}`)}
      />
    </>
  );
}

function UserState({
  user,
}: {
  user: { is_active: boolean; is_locked_out: boolean; must_change_password: boolean };
}) {
  const t = useTexts('identity');
  if (!user.is_active) return <StatusBadge tone="neutral" label={t('user.inactive')} />;
  if (user.is_locked_out) return <StatusBadge tone="bad" label={t('user.locked_out')} />;
  if (user.must_change_password) return <StatusBadge tone="waiting" label={t('user.must_change')} />;
  return <StatusBadge tone="good" label={t('user.active')} />;
}
