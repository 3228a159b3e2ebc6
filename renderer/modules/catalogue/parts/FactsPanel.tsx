import { Anchor, Group, Stack, Table, Text } from '@mantine/core';
import { drawingSVG, qrcode } from 'bwip-js/generic';
import { useMemo } from 'react';
import { Link } from 'react-router';
import type { MaterialDetails } from '../../../../preload/contract/catalogue.ts';
import { useTexts } from '../../../ui/texts.ts';
import { placeText } from './place-text.ts';

/** What is known about an item, and the code that leads back to this page when scanned. */
export function FactsPanel({ item }: { item: MaterialDetails }) {
  const t = useTexts('catalogue');
  const facts: [string, string][] = [
    [t('fields.description'), item.description ?? ''],
    [t('fields.record_type'), t(`records.${item.record_type}`)],
    [t('fields.material_kind'), t(`kinds.${item.material_kind}`)],
    [t('fields.category'), item.category_code ? `${item.category_code} ${item.category_name ?? ''}` : ''],
    [
      t('fields.also_in'),
      item.categories
        .filter(c => c.category_code !== item.category_code)
        .map(c => `${c.category_code} ${c.category_name}`)
        .join(', '),
    ],
    [t('fields.aliases'), item.aliases.join(', ')],
    [t('fields.base_uom'), item.base_uom_code],
    [t('fields.procurement_type'), t(`procurement.${item.procurement_type}`)],
    [t('fields.tracking_mode'), t(`tracking.${item.tracking_mode}`)],
    [t('fields.lead_time_days'), String(item.lead_time_days)],
    [t('fields.usual_place'), placeText(item)],
    [t('fields.manufacturer_part_number'), item.manufacturer_part_number ?? ''],
    [t('fields.manufacturer_name'), item.manufacturer_name ?? ''],
  ];
  return (
    <Group align="flex-start" gap="xl">
      <Table w={640} withRowBorders={false} verticalSpacing={3}>
        <Table.Tbody>
          {facts
            .filter(([, value]) => value !== '')
            .map(([label, value]) => (
              <Table.Tr key={label}>
                <Table.Th w={200} fw={500} c="dimmed">
                  {label}
                </Table.Th>
                <Table.Td>{value}</Table.Td>
              </Table.Tr>
            ))}
          {item.twin && (
            <Table.Tr>
              <Table.Th fw={500} c="dimmed">
                {t('fields.twin')}
              </Table.Th>
              <Table.Td>
                <Anchor component={Link} to={`/catalogue/items/${item.twin.material_id}`} size="sm">
                  {t(`records.${item.twin.record_type}`)}: {item.twin.material_name}
                </Anchor>
              </Table.Td>
            </Table.Tr>
          )}
        </Table.Tbody>
      </Table>
      <ItemCode number={item.material_number} />
    </Group>
  );
}

function ItemCode({ number }: { number: string }) {
  const t = useTexts('catalogue');
  const address = `millwright:/catalogue/number/${encodeURIComponent(number)}`;
  const svg = useMemo(
    () =>
      qrcode(
        {
          bcid: 'qrcode',
          text: address,
          scale: 3,
          paddingwidth: 8,
          paddingheight: 8,
          backgroundcolor: 'FFFFFF',
        },
        drawingSVG(),
      ),
    [address],
  );
  return (
    <Stack gap={4} align="center">
      <div
        role="img"
        aria-label={t('item.code', { number })}
        style={{ width: 140, height: 140 }}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by the barcode library, holds shapes only
        dangerouslySetInnerHTML={{ __html: svg }}
      />
      <Text size="xs" c="dimmed">
        {number}
      </Text>
    </Stack>
  );
}
