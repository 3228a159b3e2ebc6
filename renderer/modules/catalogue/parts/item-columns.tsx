import { Group } from '@mantine/core';
import type { MaterialSummary } from '../../../../preload/contract/catalogue.ts';
import type { GridColumn } from '../../../ui/DataGrid.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import type { Texts } from '../../../ui/texts.ts';

export const itemColumns = (t: Texts): GridColumn<MaterialSummary>[] => [
  {
    key: 'material_number',
    title: t('fields.material_number'),
    width: 210,
    value: row => row.material_number,
    sortable: true,
  },
  {
    key: 'material_name',
    title: t('fields.material_name'),
    width: 400,
    value: row => row.material_name,
    sortable: true,
  },
  {
    key: 'material_kind',
    title: t('fields.material_kind'),
    width: 130,
    value: row => t(`kinds.${row.material_kind}`),
    sortable: true,
  },
  {
    key: 'category_name',
    title: t('fields.category'),
    width: 180,
    value: row => row.category_name,
    sortable: false,
  },
  {
    key: 'manufacturer_part_number',
    title: t('fields.manufacturer_part_number'),
    width: 160,
    value: row => row.manufacturer_part_number,
    sortable: false,
  },
  {
    key: 'marks',
    title: t('fields.marks'),
    width: 200,
    sortable: false,
    value: row => marksOf(row, t).join(', '),
    render: row => (
      <Group gap={4} wrap="nowrap">
        {row.has_twin && <StatusBadge label={t('marks.twin')} color="gray" shape="square" />}
        {row.needs_id_check && <StatusBadge label={t('marks.check_id')} color="orange" shape="wait" />}
        {!row.is_active && <StatusBadge label={t('marks.inactive')} color="gray" shape="cross" />}
      </Group>
    ),
  },
];

const marksOf = (row: MaterialSummary, t: Texts): string[] => [
  ...(row.has_twin ? [t('marks.twin')] : []),
  ...(row.needs_id_check ? [t('marks.check_id')] : []),
  ...(row.is_active ? [] : [t('marks.inactive')]),
];
