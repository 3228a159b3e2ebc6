import { Anchor, Button, Table, Text } from '@mantine/core';
import { Link } from 'react-router';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { useNames } from '../parts/names.ts';

export default function RolesScreen() {
  const t = useTexts('identity');
  const names = useNames();
  const me = useMe();
  const roles = useAsk('identity.listRoles', {});
  const create = me.may('roles:update') && (
    <Button component={Link} to="/admin/roles/new">
      {t('roles.new')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('roles.title')} actions={create} />
      <Text c="dimmed" pb="sm">
        {t('roles.subtitle')}
      </Text>
      <RefusalNotice failure={roles.error} />
      {roles.data && (
        <Table.ScrollContainer minWidth={720}>
          <Table highlightOnHover stickyHeader verticalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('roles.name')}</Table.Th>
                <Table.Th>{t('roles.code')}</Table.Th>
                <Table.Th>{t('roles.description')}</Table.Th>
                <Table.Th ta="right">{t('roles.users')}</Table.Th>
                <Table.Th>{t('roles.kind')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {roles.data.rows.map(role => (
                <Table.Tr key={role.role_id}>
                  <Table.Td>
                    <Anchor component={Link} to={`/admin/roles/${role.role_id}`} size="sm">
                      {names.role(role.role_code, role.role_name)}
                    </Anchor>
                  </Table.Td>
                  <Table.Td>
                    <Text size="xs" ff="monospace">
                      {role.role_code}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    {t(`role_texts.${role.role_code}`, { defaultValue: role.description ?? '' })}
                  </Table.Td>
                  <Table.Td ta="right">{role.users}</Table.Td>
                  <Table.Td>
                    {!role.is_active && <StatusBadge tone="neutral" label={t('roles.inactive')} />}{' '}
                    {t(role.is_system_role ? 'roles.system' : 'roles.own')}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </>
  );
}
