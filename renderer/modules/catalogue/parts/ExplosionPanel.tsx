import { Group, SegmentedControl, Stack, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useAsk } from '../../../rpc/hooks.ts';
import type { InputAt } from '../../../rpc/paths.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { DayInput } from '../../../ui/DayInput.tsx';
import { formatQuantity, parseQuantity } from '../../../ui/formats.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { Frame } from './Frame.tsx';

type Input = InputAt<'catalogue.explode'>;
const MODES = ['SINGLE_LEVEL', 'MULTI_LEVEL', 'INDENTED'] as const;

/** What a quantity of the item needs on a day, by the bills in force then. */
export function ExplosionPanel({
  material_id,
  uom_code,
}: {
  material_id: Input['material_id'];
  uom_code: string;
}) {
  const t = useTexts('catalogue');
  const [mode, setMode] = useState<Input['mode']>('SINGLE_LEVEL');
  const [typed, setTyped] = useState('1');
  const [on, setOn] = useState('');
  const quantity_e6 = parseQuantity(typed) ?? 0;
  const isDay = on === '' || /^\d{4}-\d{2}-\d{2}$/.test(on);
  const found = useAsk(
    'catalogue.explode',
    { material_id, quantity_e6, mode, on: on || null },
    { enabled: quantity_e6 > 0 && isDay, keepPrevious: true },
  );
  const rows = [...(found.data?.sub_assemblies ?? []), ...(found.data?.rows ?? [])];
  return (
    <Stack gap="xs">
      <Title order={2} size="h5">
        {t('explode.title')}
      </Title>
      <Group align="flex-end">
        <TextInput
          label={t('explode.quantity', { unit: uom_code })}
          w={140}
          value={typed}
          error={quantity_e6 > 0 ? undefined : t('explode.quantity_wrong')}
          onChange={e => setTyped(e.currentTarget.value)}
        />
        <DayInput clearable label={t('explode.on')} w={170} value={on} onChange={setOn} />
        <SegmentedControl
          aria-label={t('explode.mode')}
          data={MODES.map(value => ({ value, label: t(`explode.modes.${value}`) }))}
          value={mode}
          onChange={value => setMode(MODES.find(known => known === value) ?? 'SINGLE_LEVEL')}
        />
      </Group>
      <RefusalNotice failure={found.error} />
      {found.data && !found.error && (
        <Frame height={320}>
          <DataGrid
            id="catalogue.explosion"
            label={t('explode.title')}
            rows={rows}
            rowKey={row => row.path.join('\u0000')}
            href={row => `/catalogue/items/${row.material_id}`}
            columns={[
              { key: 'level', title: t('fields.level'), width: 70, align: 'right', value: row => row.level },
              {
                key: 'material_number',
                title: t('fields.material_number'),
                width: 260,
                value: row => row.material_number,
                render: row =>
                  mode === 'INDENTED'
                    ? `${'· '.repeat(row.level - 1)}${row.material_number}`
                    : row.material_number,
              },
              {
                key: 'material_name',
                title: t('fields.material_name'),
                width: 320,
                value: row => row.material_name,
              },
              {
                key: 'quantity',
                title: t('fields.quantity'),
                width: 120,
                align: 'right',
                value: row => formatQuantity(row.quantity_e6),
              },
              { key: 'uom', title: t('fields.uom'), width: 70, value: row => row.uom_code },
              {
                key: 'kind',
                title: t('fields.record_type'),
                width: 130,
                value: row => t(row.has_components ? 'explode.sub_assembly' : 'explode.leaf'),
              },
              {
                key: 'from',
                title: t('fields.used_in'),
                width: 260,
                value: row =>
                  row.occurrences.map(o => `${o.parent_number} ${formatQuantity(o.quantity_e6)}`).join(' · '),
              },
            ]}
          />
        </Frame>
      )}
    </Stack>
  );
}
