import { Badge, Select } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import type { TreeRow } from '../../../../preload/contract/bom.ts';
import type { GridColumn } from '../../../ui/grid-column.tsx';
import { TreeGrid } from '../../../ui/TreeGrid.tsx';
import { useTexts } from '../../../ui/texts.ts';
import classes from './BomTree.module.css';
import { keepTypes } from './bom-rows.ts';

const TYPE_COLOR: Record<TreeRow['item_type'], string> = {
  PART: 'gray',
  ASSEMBLY: 'blue',
  KIT: 'teal',
  CUSTOM: 'orange',
};

export function TypeBadge({ type }: { type: TreeRow['item_type'] }) {
  const t = useTexts('bom');
  return (
    <Badge
      size="sm"
      variant="light"
      radius="sm"
      tt="none"
      color={TYPE_COLOR[type]}
      styles={{ label: { color: 'var(--mantine-color-text)' } }}
    >
      {t(`screens.types.${type}`)}
    </Badge>
  );
}

export function useBomColumns(): GridColumn<TreeRow>[] {
  const t = useTexts('bom');
  return useMemo(
    () => [
      {
        key: 'item_id',
        title: t('screens.columns.item_id'),
        width: 290,
        render: row => (
          <>
            {/* A bare span: the largest trees paint thirty of these at once. */}
            <span className={classes.itemId} data-top={row.level === 0 || undefined} title={row.item_id}>
              {row.item_id}
            </span>
            {row.is_manual && (
              <Badge size="xs" variant="outline" color="orange" tt="none" ml={6} miw="max-content">
                {t('screens.manual')}
              </Badge>
            )}
          </>
        ),
      },
      // Quantities stand before the name, so that they are on screen beside the panel at 1280 pixels.
      { key: 'quantity_e6', title: t('screens.columns.quantity_e6'), width: 90, kind: 'quantity' },
      {
        key: 'total_quantity_e6',
        title: t('screens.columns.total_quantity_e6'),
        width: 100,
        kind: 'quantity',
      },
      { key: 'uom_code', title: t('screens.columns.uom_code'), width: 75 },
      { key: 'level', title: t('screens.columns.level'), width: 80, kind: 'number' },
      { key: 'name', title: t('screens.columns.name'), width: 300 },
      {
        key: 'item_type',
        title: t('screens.columns.item_type'),
        width: 110,
        kind: 'badge',
        value: row => t(`screens.types.${row.item_type}`),
        render: row => <TypeBadge type={row.item_type} />,
      },
      { key: 'category', title: t('screens.columns.category'), width: 160, hidden: true },
      { key: 'group', title: t('screens.columns.group'), width: 110, hidden: true },
      { key: 'manufacturer_name', title: t('screens.columns.manufacturer_name'), width: 150, hidden: true },
      {
        key: 'manufacturer_part_number',
        title: t('screens.columns.manufacturer_part_number'),
        width: 150,
        hidden: true,
      },
      { key: 'notes', title: t('screens.columns.notes'), width: 180 },
    ],
    [t],
  );
}

interface BomTreeProps {
  rows: TreeRow[];
  selected: TreeRow | null;
  onSelect: (row: TreeRow) => void;
  bar?: ReactNode;
}

const hasComponents = (row: TreeRow) => row.has_components;

export function BomTree({ rows, selected, onSelect, bar }: BomTreeProps) {
  const t = useTexts('bom');
  const columns = useBomColumns();
  const [type, setType] = useState<string | null>(null);
  const shown = useMemo(() => keepTypes(rows, type), [rows, type]);
  return (
    <TreeGrid
      id="bom-tree"
      label={t('screens.bom')}
      rows={shown}
      columns={columns}
      selected_row_no={selected?.row_no ?? null}
      onSelect={onSelect}
      startClosed
      hasMore={hasComponents}
      bar={
        <>
          <Select
            size="xs"
            w={130}
            clearable
            aria-label={t('screens.type_filter')}
            placeholder={t('screens.type_filter')}
            value={type}
            data={(['PART', 'ASSEMBLY', 'KIT', 'CUSTOM'] as const).map(value => ({
              value,
              label: t(`screens.types.${value}`),
            }))}
            onChange={setType}
          />
          {bar}
        </>
      }
    />
  );
}
