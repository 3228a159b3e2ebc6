import { Button, Card, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import type { OutputAt } from '../../../rpc/paths.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { DepartmentForm } from '../parts/DepartmentForm.tsx';
import { PlantForm } from '../parts/PlantForm.tsx';
import classes from './Plants.module.css';

type Plant = OutputAt<'identity.listPlants'>[number];
type Department = OutputAt<'identity.listDepartments'>[number];
type Editing =
  | { kind: 'plant'; plant: Plant | null }
  | { kind: 'department'; plant_id: string; department: Department | null };

export default function PlantsScreen() {
  const t = useTexts('identity');
  const mayEdit = useMe().may('plants:update');
  const plants = useAsk('identity.listPlants', {});
  const departments = useAsk('identity.listDepartments', {});
  const [editing, setEditing] = useState<Editing | null>(null);
  const close = () => setEditing(null);
  const create = mayEdit && (
    <Button onClick={() => setEditing({ kind: 'plant', plant: null })}>{t('plants.new')}</Button>
  );
  return (
    <>
      <PageHeader title={t('plants.title')} actions={create} />
      <RefusalNotice failure={plants.error ?? departments.error} />
      <Stack gap="md" maw={1100}>
        {plants.data?.map(plant => (
          <Card key={plant.plant_id} withBorder padding="md">
            <Group justify="space-between" align="flex-start" wrap="nowrap" mb="xs">
              <div className={classes.texts}>
                <Group gap="sm">
                  <Title order={2} size="h5">
                    {plant.plant_name}
                  </Title>
                  {!plant.is_active && <StatusBadge tone="neutral" label={t('plants.inactive')} />}
                </Group>
                <Text size="sm" c="dimmed">
                  {[
                    plant.plant_code,
                    plant.location,
                    plant.timezone,
                    plant.currency_code,
                    plant.paper_size === 'A4' ? 'A4' : 'Letter',
                    t('plants.people', { count: plant.users }),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </Text>
              </div>
              {mayEdit && (
                <Group gap="xs" wrap="nowrap" className={classes.actions}>
                  <Button
                    variant="default"
                    size="xs"
                    onClick={() =>
                      setEditing({ kind: 'department', plant_id: plant.plant_id, department: null })
                    }
                  >
                    {t('departments.new')}
                  </Button>
                  <Button variant="default" size="xs" onClick={() => setEditing({ kind: 'plant', plant })}>
                    {t('edit')}
                  </Button>
                </Group>
              )}
            </Group>
            <Departments
              rows={(departments.data ?? []).filter(d => d.plant_id === plant.plant_id)}
              onEdit={
                mayEdit
                  ? department => setEditing({ kind: 'department', plant_id: plant.plant_id, department })
                  : undefined
              }
            />
          </Card>
        ))}
      </Stack>
      {editing?.kind === 'plant' && <PlantForm plant={editing.plant} onClose={close} />}
      {editing?.kind === 'department' && (
        <DepartmentForm plant_id={editing.plant_id} department={editing.department} onClose={close} />
      )}
    </>
  );
}

function Departments({ rows, onEdit }: { rows: Department[]; onEdit?: (department: Department) => void }) {
  const t = useTexts('identity');
  if (rows.length === 0) return <Text c="dimmed">{t('departments.none')}</Text>;
  return (
    <Table verticalSpacing={4} layout="fixed" className={classes.places}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w="18%">{t('departments.code')}</Table.Th>
          <Table.Th w="28%">{t('departments.name')}</Table.Th>
          <Table.Th>{t('departments.description')}</Table.Th>
          <Table.Th ta="right" w="11%">
            {t('departments.people')}
          </Table.Th>
          <Table.Th aria-label={t('edit')} w="12%" />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(d => (
          <Table.Tr key={d.department_id}>
            <Table.Td>{d.dept_code}</Table.Td>
            <Table.Td>
              {d.dept_name} {!d.is_active && <StatusBadge tone="neutral" label={t('departments.inactive')} />}
            </Table.Td>
            <Table.Td>{d.description}</Table.Td>
            <Table.Td ta="right">{d.users}</Table.Td>
            <Table.Td ta="right">
              {onEdit && (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  aria-label={`${t('edit')} ${d.dept_name}`}
                  onClick={() => onEdit(d)}
                >
                  {t('edit')}
                </Button>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
