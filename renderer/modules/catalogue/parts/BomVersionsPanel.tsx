import { Button, Group, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import type { MaterialDetails } from '../../../../preload/contract/catalogue.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { formatDay, formatQuantity } from '../../../ui/formats.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { bomMarks } from './bom-marks.ts';
import { ExplosionPanel } from './ExplosionPanel.tsx';
import { Frame } from './Frame.tsx';

/** The bills of an item, newest first, and what a quantity of it needs. */
export function BomVersionsPanel({ item }: { item: MaterialDetails }) {
  const t = useTexts('catalogue');
  const { may } = useMe();
  const navigate = useNavigate();
  const { material_id } = item;
  const boms = useAsk('catalogue.listMasterBoms', { material_id });
  const save = useCommand('catalogue.saveMasterBom');
  const rows = boms.data?.boms ?? [];
  const start = async () => {
    const { bom_id } = await save.run({
      bom_id: null,
      row_version: null,
      material_id,
      bom_number: `BOM-${item.material_number}`.slice(0, 50),
      bom_name: item.material_name,
      bom_type: 'PRODUCTION',
      base_quantity_e6: 1_000_000,
      uom_id: item.base_uom_id,
      effective_start_on: null,
      effective_end_on: null,
      lines: [],
    });
    navigate(`/catalogue/boms/${bom_id}`);
  };
  return (
    <Stack gap="md">
      <RefusalNotice failure={boms.error ?? save.failure} />
      {may('boms:update') && (
        <Group>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            loading={save.pending}
            onClick={() => start().catch(() => undefined)}
          >
            {t('bom.new')}
          </Button>
        </Group>
      )}
      {boms.data && rows.length === 0 && <EmptyState title={t('bom.none')} hint={t('bom.none_hint')} />}
      {rows.length > 0 && (
        <Frame height={200}>
          <DataGrid
            id="catalogue.master_boms"
            label={t('bom.versions')}
            rows={rows}
            rowKey={row => row.bom_id}
            href={row => `/catalogue/boms/${row.bom_id}`}
            columns={[
              { key: 'bom_number', title: t('fields.bom_number'), width: 240, value: row => row.bom_number },
              {
                key: 'bom_version',
                title: t('fields.bom_version'),
                width: 80,
                align: 'right',
                value: row => row.bom_version,
              },
              {
                key: 'state',
                title: t('fields.state'),
                width: 130,
                value: row => t(`bom.states.${row.state}`),
                render: row => <StatusBadge label={t(`bom.states.${row.state}`)} {...bomMarks[row.state]} />,
              },
              {
                key: 'from',
                title: t('fields.effective_start_on'),
                width: 120,
                value: row => formatDay(row.effective_start_on),
              },
              {
                key: 'to',
                title: t('fields.effective_end_on'),
                width: 120,
                value: row => formatDay(row.effective_end_on),
              },
              {
                key: 'base',
                title: t('fields.base_quantity'),
                width: 130,
                align: 'right',
                value: row => `${formatQuantity(row.base_quantity_e6)} ${row.uom_code}`,
              },
              { key: 'lines', title: t('fields.lines'), width: 80, align: 'right', value: row => row.lines },
            ]}
          />
        </Frame>
      )}
      {rows.some(row => row.state === 'ACTIVE') && (
        <ExplosionPanel material_id={material_id} uom_code={item.base_uom_code} />
      )}
    </Stack>
  );
}
