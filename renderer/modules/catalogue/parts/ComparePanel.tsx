import { Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { useAsk } from '../../../rpc/hooks.ts';
import type { InputAt } from '../../../rpc/paths.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { formatQuantity } from '../../../ui/formats.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { Frame } from './Frame.tsx';

type Input = InputAt<'catalogue.compareMasterBoms'>;
const MARKS = {
  ADDED: { color: 'green', shape: 'check' },
  REMOVED: { color: 'red', shape: 'cross' },
  CHANGED: { color: 'orange', shape: 'wait' },
  SAME: { color: 'gray', shape: 'dot' },
} as const;

/** This version against another one of the item; unchanged lines are left out. */
export function ComparePanel({
  material_id,
  bom_id,
}: {
  material_id: InputAt<'catalogue.listMasterBoms'>['material_id'];
  bom_id: Input['to_bom_id'];
}) {
  const t = useTexts('catalogue');
  const versions = (useAsk('catalogue.listMasterBoms', { material_id }).data?.boms ?? []).filter(
    bom => bom.bom_id !== bom_id,
  );
  const [chosen, setChosen] = useState<Input['from_bom_id'] | null>(null);
  const from_bom_id = chosen ?? versions[0]?.bom_id;
  const found = useAsk(
    'catalogue.compareMasterBoms',
    { from_bom_id: from_bom_id ?? bom_id, to_bom_id: bom_id },
    { enabled: from_bom_id !== undefined },
  );
  return (
    <Stack gap="xs" mb="md">
      <Select
        label={t('bom.compare_with')}
        w={280}
        allowDeselect={false}
        placeholder={t('bom.only_version')}
        data={versions.map(bom => ({
          value: bom.bom_id,
          label: `${bom.bom_number} ${t('bom.version', { version: bom.bom_version })}`,
        }))}
        value={from_bom_id ?? null}
        onChange={value => setChosen(versions.find(bom => bom.bom_id === value)?.bom_id ?? null)}
      />
      <RefusalNotice failure={found.error} />
      {from_bom_id && found.data && (
        <Frame height={220}>
          <DataGrid
            id="catalogue.compare"
            label={t('bom.compare')}
            rows={found.data.lines
              .filter(line => line.change !== 'SAME')
              .map((line, index) => ({ ...line, key: String(index) }))}
            rowKey={row => row.key}
            empty={t('bom.no_difference')}
            columns={[
              {
                key: 'change',
                title: t('bom.change'),
                width: 120,
                value: row => t(`bom.changes.${row.change}`),
                render: row => <StatusBadge label={t(`bom.changes.${row.change}`)} {...MARKS[row.change]} />,
              },
              {
                key: 'number',
                title: t('fields.material_number'),
                width: 240,
                value: row => row.material_number,
              },
              { key: 'name', title: t('fields.material_name'), width: 300, value: row => row.material_name },
              {
                key: 'from',
                title: t('bom.before'),
                width: 140,
                align: 'right',
                value: row =>
                  row.from_quantity_e6 === null
                    ? ''
                    : `${formatQuantity(row.from_quantity_e6)} ${row.from_uom ?? ''}`,
              },
              {
                key: 'to',
                title: t('bom.after'),
                width: 140,
                align: 'right',
                value: row =>
                  row.to_quantity_e6 === null
                    ? ''
                    : `${formatQuantity(row.to_quantity_e6)} ${row.to_uom ?? ''}`,
              },
            ]}
          />
        </Frame>
      )}
    </Stack>
  );
}
