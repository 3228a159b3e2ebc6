import { Anchor, Badge, Button, Group, Paper, Stack, Table, Text } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { Link, useParams } from 'react-router';
import { failureFrom } from '../../../rpc/client.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import { formatInstant } from '../../../ui/formats.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { CompareBuildsButton } from '../../bom/parts/CompareBuildsButton.tsx';
import { LabelButton } from '../../logistics/parts/LabelButton.tsx';
import { PrintSeveral } from '../../printing/parts/PrintSeveral.tsx';
import { ExcelButton } from '../../reporting/parts/ExcelButton.tsx';
import { OrderStatusBadge } from '../parts/OrderStatusBadge.tsx';
import { WantRisk } from '../parts/WantRisk.tsx';

export default function PoPage() {
  const t = useTexts('orders');
  const { order_number = '' } = useParams();
  const po = useAsk('orders.getPo', { order_number });
  if (po.error) return <RefusalNotice failure={failureFrom(po.error)} />;
  if (!po.data || po.isPlaceholderData) return null;
  const { builds } = po.data;
  const first = builds[0];
  const facts = [po.data.customer_name, po.data.project_name, po.data.sales_person]
    .filter(Boolean)
    .join(' · ');
  return (
    <Stack gap="sm">
      <PageHeader
        title={po.data.order_number}
        crumbs={[{ label: t('screens.orders'), to: '/orders' }]}
        status={
          <>
            <OrderStatusBadge status={po.data.least_advanced_status} />
            <Text size="sm" c="dimmed" truncate flex="1 1 160px" miw={0} title={facts}>
              {facts}
            </Text>
          </>
        }
        actions={
          <>
            {builds.length > 1 && <CompareBuildsButton builds={builds} />}
            {builds.length > 1 && (
              <PrintSeveral
                count={builds.length}
                orderIds={async () => builds.map(({ order_id }) => order_id)}
              />
            )}
            {first && <LabelButton subject={{ order_number: first.order_number }} />}
            {first && (
              <Button
                component={Link}
                to={`/print/order_confirmation?order=${first.order_id}`}
                variant="default"
                leftSection={<IconPrinter size={16} />}
              >
                {t('screens.print_confirmation')}
              </Button>
            )}
          </>
        }
      />
      <Group gap="xs">
        {po.data.status_counts.map(({ status, count }) => (
          <Badge key={status} variant="default" tt="none">
            {t(`statuses.${status}`)}: {count}
          </Badge>
        ))}
      </Group>
      <Paper withBorder style={{ overflowX: 'auto' }}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              {[
                'build_number',
                'order_status',
                'want_on',
                'configuration_revision',
                'assignee_name',
                'updated_at_ms',
              ].map(key => (
                <Table.Th key={key}>{t(`screens.columns.${key}`)}</Table.Th>
              ))}
              <Table.Th>{t('screens.bom')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {builds.map(build => (
              <Table.Tr key={build.order_id}>
                <Table.Td>
                  <Anchor component={Link} to={`/orders/${build.order_id}`} size="sm">
                    {build.build_number}
                  </Anchor>
                </Table.Td>
                <Table.Td>
                  <OrderStatusBadge status={build.order_status} />
                </Table.Td>
                <Table.Td>
                  <WantRisk order={build} />
                </Table.Td>
                <Table.Td>{build.configuration_revision}</Table.Td>
                <Table.Td>{build.assignee_name ?? '—'}</Table.Td>
                <Table.Td>{formatInstant(build.updated_at_ms)}</Table.Td>
                <Table.Td>
                  <Group gap="xs" wrap="nowrap">
                    <Anchor component={Link} to={`/orders/${build.order_id}?tab=bom`} size="sm">
                      {t(build.bom_id ? 'screens.bom_approved' : 'screens.bom_draft')}
                    </Anchor>
                    {build.bom_id && (
                      <ExcelButton path="reporting.exportBom" input={{ bom_id: build.bom_id }} is_compact />
                    )}
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Paper>
    </Stack>
  );
}
