import { Button, Group, Select, Stack, Table, Text } from '@mantine/core';
import { DateTimePicker } from '@mantine/dates';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useMe } from '../../../app/session.tsx';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import type { OutputAt } from '../../../rpc/paths.ts';
import { formatInstant } from '../../../ui/formats.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { useNames } from './names.ts';

type User = OutputAt<'identity.getUser'>;

export function RoleAssignments({ user, mayEdit }: { user: User; mayEdit: boolean }) {
  const t = useTexts('identity');
  const names = useNames();
  const me = useMe();
  const end = useCommand('identity.endRole');
  return (
    <Stack gap="sm">
      {user.role_assignments.length === 0 && <Text c="dimmed">{t('assignments.none')}</Text>}
      {user.role_assignments.length > 0 && (
        <Table verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              {['role', 'plant', 'department', 'until'].map(key => (
                <Table.Th key={key}>{t(`assignments.${key}`)}</Table.Th>
              ))}
              <Table.Th aria-label={t('assignments.end')} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {user.role_assignments.map(a => (
              <Table.Tr key={a.user_role_id}>
                <Table.Td>{names.role(a.role_code, a.role_name)}</Table.Td>
                <Table.Td>{a.plant_name ?? t('assignments.all_plants')}</Table.Td>
                <Table.Td>{a.department_name ?? t('assignments.all_departments')}</Table.Td>
                <Table.Td>
                  {a.is_expired && <StatusBadge tone="warning" label={t('assignments.expired')} />}{' '}
                  {a.expires_at_ms === null
                    ? t('assignments.no_end')
                    : formatInstant(a.expires_at_ms, me.timezone)}
                </Table.Td>
                <Table.Td ta="right">
                  {mayEdit && (
                    <Button
                      variant="subtle"
                      size="compact-sm"
                      onClick={() => end.run({ user_role_id: a.user_role_id }).catch(() => undefined)}
                    >
                      {t('assignments.end')}
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <RefusalNotice failure={end.failure} onClose={end.reset} />
      {mayEdit && <AddRole user={user} />}
    </Stack>
  );
}

function AddRole({ user }: { user: User }) {
  const t = useTexts('identity');
  const names = useNames();
  const assign = useCommand('identity.assignRole');
  const roles = useAsk('identity.listRoles', {}).data?.rows ?? [];
  const plants = useAsk('identity.listPlants', {}).data ?? [];
  const departments = useAsk('identity.listDepartments', {}).data ?? [];
  const [roleId, setRoleId] = useState<string | null>(null);
  const [plantId, setPlantId] = useState<string | null>(null);
  const [departmentId, setDepartmentId] = useState<string | null>(null);
  const [until, setUntil] = useState<string | null>(null);
  const add = () => {
    if (!roleId) return;
    const expires_at_ms = until === null ? null : dayjs(until).valueOf();
    assign
      .run({
        user_id: user.user_id,
        role_id: roleId,
        plant_id: plantId,
        department_id: departmentId,
        expires_at_ms,
      })
      .then(
        () => setRoleId(null),
        () => undefined,
      );
  };
  return (
    <>
      <Group gap="xs" align="flex-end">
        <Select
          label={t('assignments.role')}
          w={200}
          searchable
          data={roles
            .filter(r => r.is_active)
            .map(r => ({ value: r.role_id, label: names.role(r.role_code, r.role_name) }))}
          value={roleId}
          onChange={setRoleId}
        />
        <Select
          label={t('assignments.plant')}
          w={180}
          placeholder={t('assignments.all_plants')}
          clearable
          data={plants.filter(p => p.is_active).map(p => ({ value: p.plant_id, label: p.plant_name }))}
          value={plantId}
          onChange={id => {
            setPlantId(id);
            setDepartmentId(null);
          }}
        />
        <Select
          label={t('assignments.department')}
          w={190}
          placeholder={t('assignments.all_departments')}
          clearable
          data={departments
            .filter(d => d.is_active && (plantId === null || d.plant_id === plantId))
            .map(d => ({ value: d.department_id, label: d.dept_name }))}
          value={departmentId}
          onChange={setDepartmentId}
        />
        <DateTimePicker
          label={t('assignments.until')}
          placeholder={t('assignments.no_end')}
          clearable
          valueFormat="YYYY-MM-DD HH:mm"
          minDate={new Date()}
          value={until}
          onChange={setUntil}
          w={170}
        />
        <Button variant="default" disabled={!roleId} loading={assign.pending} onClick={add}>
          {t('assignments.add')}
        </Button>
      </Group>
      <RefusalNotice failure={assign.failure} onClose={assign.reset} />
    </>
  );
}
