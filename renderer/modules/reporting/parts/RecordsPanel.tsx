import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { ReportFilter, ReportName, ReportRecord } from '../../../../preload/contract/life-reports.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import { formatInstant } from '../../../ui/formats.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { SidePanel } from '../../../ui/SidePanel.tsx';
import { useTexts } from '../../../ui/texts.ts';
import type { Chosen } from './ReportTableCard.tsx';

const MOST_SHOWN = 200;
function addressOf({ record, id, order_id }: ReportRecord): string {
  switch (record) {
    case 'build':
      return `/orders/${id}`;
    case 'inspection':
      return `/quality/forms/${id}`;
    case 'issue':
      return order_id ? `/orders/${order_id}` : '/issues';
    case 'service_order':
      return `/service/orders/${id}`;
  }
}
interface Props {
  report: ReportName;
  filter: ReportFilter;
  chosen: Chosen;
  onClose: () => void;
}
/** The records behind one number, each with the way to its page. */
export function RecordsPanel({ report, filter, chosen, onClose }: Props) {
  const t = useTexts('reporting');
  const me = useMe();
  const { table, row, column, title } = chosen;
  const asked = useAsk('reporting.reportRecords', { report, filter, table, row, column, limit: MOST_SHOWN });
  const { rows = [], total = 0 } = asked.data ?? {};
  return (
    <SidePanel title={title} onClose={onClose} width={300}>
      <RefusalNotice failure={asked.error} />
      {asked.data && (
        <Text size="sm" c="dimmed" mb="xs">
          {total > rows.length
            ? t('reports.first_records', { count: rows.length })
            : t('reports.records', { count: total })}
        </Text>
      )}
      <Stack gap={6} component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {rows.map(record => (
          <li key={`${record.record} ${record.id} ${record.at_ms}`}>
            <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
              {record.plant_id === me.plant_id ? (
                <Anchor component={Link} to={addressOf(record)} size="sm">
                  {record.title}
                </Anchor>
              ) : (
                <Text size="sm" title={t('reports.other_plant')}>
                  {record.title}
                </Text>
              )}
              <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
                {formatInstant(record.at_ms, me.timezone)}
              </Text>
            </Group>
            <Text size="xs" c="dimmed">
              {record.subtitle}
              {record.plant_id !== me.plant_id && ` · ${t('reports.other_plant')}`}
            </Text>
          </li>
        ))}
      </Stack>
    </SidePanel>
  );
}
