import { SegmentedControl, Stack, Table } from '@mantine/core';
import { useCommand } from '../../../rpc/hooks.ts';
import type { OutputAt } from '../../../rpc/paths.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';

const LEVELS = ['NONE', 'READ', 'WRITE', 'ADMIN'] as const;

export function PlantAccess({ user, mayEdit }: { user: OutputAt<'identity.getUser'>; mayEdit: boolean }) {
  const t = useTexts('identity');
  const set = useCommand('identity.setPlantAccess');
  const change = (plant_id: string, chosen: string) => {
    const access_level = LEVELS.find(level => level === chosen);
    if (!access_level) return;
    set
      .run({ user_id: user.user_id, plant_id, access_level: access_level === 'NONE' ? null : access_level })
      .catch(() => undefined);
  };
  return (
    <Stack gap="sm">
      <Table verticalSpacing={6}>
        <Table.Tbody>
          {user.plant_access.map(p => (
            <Table.Tr key={p.plant_id}>
              <Table.Td>{p.plant_name}</Table.Td>
              <Table.Td ta="right">
                <SegmentedControl
                  size="xs"
                  aria-label={t('access.of', { plant: p.plant_name })}
                  disabled={!mayEdit || set.pending}
                  data={LEVELS.map(value => ({ value, label: t(`access.${value}`) }))}
                  value={p.access_level ?? 'NONE'}
                  onChange={chosen => change(p.plant_id, chosen)}
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <RefusalNotice failure={set.failure} onClose={set.reset} />
    </Stack>
  );
}
