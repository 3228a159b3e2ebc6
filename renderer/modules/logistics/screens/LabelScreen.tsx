import { Group, Stack, Table } from '@mantine/core';
import { useParams } from 'react-router';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import { formatInstant } from '../../../ui/formats.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { LabelPicture } from '../parts/LabelPicture.tsx';

/** A printed label found by its code: what stands on it and how often it was printed. */
export default function LabelScreen() {
  const t = useTexts('logistics');
  const { timezone } = useMe();
  const { label_id = '' } = useParams();
  const asked = useAsk('logistics.getLabel', { label_id });
  const label = asked.data;
  if (!label) return <RefusalNotice failure={asked.error} />;
  const facts: [string, string][] = [
    [t('printed.value'), label.barcode_value],
    [t('printed.count'), t('printed.times', { count: label.print_count })],
    [t('printed.last'), formatInstant(label.last_printed_at_ms, timezone)],
    [t('printed.by'), label.printed_by_name ?? ''],
    ...label.fields
      .filter(({ field }) => field !== 'code')
      .map(({ field, value }): [string, string] => [field.replaceAll('_', ' '), value]),
  ];
  return (
    <Stack gap="sm">
      <PageHeader
        title={label.label_code}
        subtitle={t(`types.${label.label_type}`)}
        crumbs={[{ label: t('nav.queue'), to: '/labels' }]}
      />
      <Group align="flex-start" gap="lg" wrap="wrap">
        <div style={{ width: 420 }}>
          <LabelPicture svg={label.svg} name={label.label_code} />
        </div>
        <Table w={480} verticalSpacing={4}>
          <Table.Tbody>
            {facts.map(([name, value]) => (
              <Table.Tr key={name}>
                <Table.Th w={180}>{name}</Table.Th>
                <Table.Td>{value}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Group>
    </Stack>
  );
}
