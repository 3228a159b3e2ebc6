import { Anchor, Group, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { MasterBom } from '../../../../preload/contract/catalogue.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { formatQuantity } from '../../../ui/formats.ts';
import { useTexts } from '../../../ui/texts.ts';

/** A version in force, to read: it changes only through a new version. */
export function BomLines({ bom }: { bom: MasterBom }) {
  const t = useTexts('catalogue');
  const facts = [
    [t('fields.base_quantity'), `${formatQuantity(bom.base_quantity_e6)} ${bom.uom_code}`],
    [t('fields.effective_start_on'), bom.effective_start_on ?? '—'],
    [t('fields.effective_end_on'), bom.effective_end_on ?? '—'],
  ];
  return (
    <>
      <Group gap="xl" mb="sm">
        {facts.map(([label, value]) => (
          <Text key={label} size="sm" className="figures">
            <Text span size="sm" c="dimmed">
              {label}:
            </Text>{' '}
            {value}
          </Text>
        ))}
      </Group>
      <DataGrid
        id="catalogue.bom_lines"
        label={t('fields.lines')}
        rows={bom.lines}
        rowKey={line => line.line_id}
        columns={[
          {
            key: 'line_number',
            title: t('bom.line'),
            width: 80,
            align: 'right',
            value: line => line.line_number,
          },
          {
            key: 'material_number',
            title: t('fields.material_number'),
            width: 220,
            value: line => line.material_number,
            render: line => (
              <Anchor component={Link} to={`/catalogue/items/${line.component_material_id}`} size="sm">
                {line.material_number}
              </Anchor>
            ),
          },
          {
            key: 'material_name',
            title: t('fields.material_name'),
            width: 340,
            value: line => line.material_name,
          },
          {
            key: 'quantity_e6',
            title: t('fields.quantity'),
            width: 100,
            align: 'right',
            value: line => formatQuantity(line.quantity_e6),
          },
          { key: 'uom_code', title: t('fields.uom'), width: 70, value: line => line.uom_code },
          {
            key: 'scrap_percent_e4',
            title: t('fields.scrap'),
            width: 90,
            align: 'right',
            value: line => formatQuantity(line.scrap_percent_e4 * 100),
          },
          {
            key: 'is_phantom',
            title: t('fields.is_phantom'),
            width: 100,
            value: line => (line.is_phantom ? t('fields.is_phantom') : ''),
          },
          {
            key: 'alternate_of',
            title: t('fields.alternate_of'),
            width: 130,
            align: 'right',
            value: line => line.alternate_of ?? '',
          },
          { key: 'notes', title: t('fields.notes'), width: 220, value: line => line.notes ?? '' },
        ]}
      />
    </>
  );
}
