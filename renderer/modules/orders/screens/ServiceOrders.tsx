import {
  Anchor,
  Button,
  Checkbox,
  Group,
  SegmentedControl,
  Stack,
  Table,
  Text,
  TextInput,
} from '@mantine/core';
import { IconCheck, IconSearch, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import {
  MOST_DECIDED,
  type ServiceOrderRow,
  serviceStatus,
} from '../../../../preload/contract/service-orders.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { formatInstant } from '../../../ui/formats.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { RejectDialog } from '../parts/RejectDialog.tsx';
import { ServiceFigures } from '../parts/ServiceFigures.tsx';
import { ServiceStatusBadge } from '../parts/service-status.tsx';

const SHOWN = ['PENDING', 'APPROVED', 'FULFILLED', 'REJECTED', 'CANCELLED'] as const;
type OrderId = ServiceOrderRow['order_id'];

/** Requests of service: one's own, or everybody's for those who decide; up to twenty at once. */
export default function ServiceOrders() {
  const t = useTexts('orders');
  const { timezone, may } = useMe();
  const [status, setStatus] = useState<string>(may('service_orders:approve') ? 'PENDING' : 'ALL');
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<readonly OrderId[]>([]);
  const [isRejecting, setRejecting] = useState(false);
  const approving = useCommand('orders.approveServiceOrders');
  const wanted = serviceStatus.safeParse(status);
  const { data, error } = useAsk(
    'orders.listServiceOrders',
    { status: wanted.success ? wanted.data : null, text },
    { keepPrevious: true },
  );
  if (error) return <RefusalNotice failure={error} />;
  if (!data) return null;
  const pending = data.rows.filter(row => row.order_status === 'PENDING');
  const selected = pending.filter(row => chosen.includes(row.order_id)).map(row => row.order_id);
  const toggle = (id: OrderId) =>
    setChosen(now => (now.includes(id) ? now.filter(other => other !== id) : [...now, id]));
  const total = SHOWN.reduce((sum, name) => sum + data.counts[name], 0);
  return (
    <Stack gap="sm">
      <PageHeader
        title={t('service.orders')}
        actions={
          data.may_decide && selected.length > 0 ? (
            <>
              <Text size="sm">{t('service.selected', { count: selected.length, most: MOST_DECIDED })}</Text>
              <Button
                variant="default"
                leftSection={<IconX size={16} />}
                disabled={selected.length > MOST_DECIDED}
                onClick={() => setRejecting(true)}
              >
                {t('service.reject')}
              </Button>
              <Button
                leftSection={<IconCheck size={16} />}
                disabled={selected.length > MOST_DECIDED}
                loading={approving.pending}
                onClick={() =>
                  void approving.run({ order_ids: selected }).then(
                    () => setChosen([]),
                    () => undefined,
                  )
                }
              >
                {t('service.approve')}
              </Button>
            </>
          ) : (
            may('service_orders:create') && (
              <Button component={Link} to="/service">
                {t('service.new')}
              </Button>
            )
          )
        }
      />
      <RefusalNotice failure={approving.failure} onClose={approving.reset} />
      <ServiceFigures />
      <Group justify="space-between">
        <SegmentedControl
          aria-label={t('service.status')}
          value={status}
          onChange={setStatus}
          data={[
            { value: 'ALL', label: t('service.all_n', { count: total }) },
            ...SHOWN.map(name => ({
              value: name,
              label: `${t(`service.statuses.${name}`)} (${data.counts[name]})`,
            })),
          ]}
        />
        <TextInput
          type="search"
          w={260}
          aria-label={t('service.search_orders')}
          placeholder={t('service.search_orders')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={text}
          onChange={event => setText(event.currentTarget.value)}
        />
      </Group>
      {data.rows.length === 0 ? (
        <EmptyState title={t('service.none')} text={t('service.none_text')} />
      ) : (
        <Table highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              {data.may_decide && <Table.Th w={40} aria-label={t('service.select')} />}
              <Table.Th w={150}>{t('service.number')}</Table.Th>
              <Table.Th w={130}>{t('service.status')}</Table.Th>
              <Table.Th>{t('service.requester')}</Table.Th>
              <Table.Th w={150}>{t('service.requested')}</Table.Th>
              <Table.Th>{t('service.items')}</Table.Th>
              <Table.Th w={120}>{t('service.expected')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.rows.map(row => (
              <Table.Tr key={row.order_id}>
                {data.may_decide && (
                  <Table.Td>
                    {row.order_status === 'PENDING' && (
                      <Checkbox
                        aria-label={t('service.select_order', { order_number: row.order_number })}
                        checked={chosen.includes(row.order_id)}
                        onChange={() => toggle(row.order_id)}
                      />
                    )}
                  </Table.Td>
                )}
                <Table.Td>
                  <Anchor component={Link} to={`/service/orders/${row.order_id}`} fw={600}>
                    {row.order_number}
                  </Anchor>
                </Table.Td>
                <Table.Td>
                  <ServiceStatusBadge status={row.order_status} />
                </Table.Td>
                <Table.Td>{row.requester_name}</Table.Td>
                <Table.Td className="tabular">{formatInstant(row.requested_at_ms, timezone)}</Table.Td>
                <Table.Td maw={320}>
                  <Text size="sm" truncate title={row.items}>
                    {row.items}
                  </Text>
                </Table.Td>
                <Table.Td>{row.expected_on}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {isRejecting && (
        <RejectDialog
          order_ids={selected}
          onClose={() => setRejecting(false)}
          onDone={() => {
            setRejecting(false);
            setChosen([]);
          }}
        />
      )}
    </Stack>
  );
}
