import { Group, Select, Stack, Switch, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import type { OutputAt } from '../../../rpc/paths.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { SearchInput } from '../../../ui/SearchInput.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { useNames } from './names.ts';

type Verdict = OutputAt<'identity.effectivePermissions'>[number];

/** What the person may do in a plant, and by which role or why not. */
export function EffectivePermissions({ user_id }: { user_id: string }) {
  const t = useTexts('identity');
  const names = useNames();
  const me = useMe();
  const [plantId, setPlantId] = useState<string>(me.plant_id);
  const [search, setSearch] = useState('');
  const [onlyAllowed, setOnlyAllowed] = useState(true);
  const plants = useAsk('identity.listPlants', {}).data ?? [];
  const verdicts = useAsk(
    'identity.effectivePermissions',
    { user_id, plant_id: plantId },
    { keepPrevious: true },
  );
  const needle = search.toLocaleLowerCase();
  const rows = (verdicts.data ?? []).filter(
    v =>
      (!onlyAllowed || v.is_allowed) &&
      `${names.resource(v.resource)} ${names.action(v.action)} ${v.resource}:${v.action}`
        .toLocaleLowerCase()
        .includes(needle),
  );
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <Select
          aria-label={t('assignments.plant')}
          allowDeselect={false}
          data={plants.map(p => ({ value: p.plant_id, label: p.plant_name }))}
          value={plantId}
          onChange={id => id && setPlantId(id)}
        />
        <SearchInput value={search} onChange={setSearch} label={t('effective.find')} />
        <Switch
          label={t('effective.only_allowed')}
          checked={onlyAllowed}
          onChange={event => setOnlyAllowed(event.currentTarget.checked)}
        />
      </Group>
      <RefusalNotice failure={verdicts.error} />
      {verdicts.data && rows.length === 0 && <Text c="dimmed">{t('effective.none')}</Text>}
      {rows.length > 0 && (
        <Table verticalSpacing={4} striped>
          <Table.Thead>
            <Table.Tr>
              {['resource', 'action', 'verdict', 'why'].map(key => (
                <Table.Th key={key}>{t(`effective.${key}`)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(v => (
              <Table.Tr key={`${v.resource}:${v.action}`}>
                <Table.Td>{names.resource(v.resource)}</Table.Td>
                <Table.Td>{names.action(v.action)}</Table.Td>
                <Table.Td>
                  <StatusBadge
                    tone={v.is_allowed ? 'good' : 'neutral'}
                    label={t(v.is_allowed ? 'effective.allowed' : 'effective.denied')}
                  />
                </Table.Td>
                <Table.Td>
                  <Why verdict={v} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Stack>
  );
}

function Why({ verdict }: { verdict: Verdict }) {
  const t = useTexts('identity');
  const names = useNames();
  if (verdict.by_role)
    return <>{t('effective.by_role', { role: names.role(verdict.by_role, verdict.by_role) })}</>;
  const near = verdict.near.map(n =>
    t(`effective.near.${n.why}`, { role: names.role(n.role_code, n.role_code) }),
  );
  return <>{[t(`effective.because.${verdict.because}`), ...new Set(near)].join(' · ')}</>;
}
