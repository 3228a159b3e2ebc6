import { Alert, Button, Group, Stack, Table, Text, Textarea, Title } from '@mantine/core';
import { IconCheck, IconPackageExport, IconRefresh, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { ServiceOrderPage } from '../../../../preload/contract/service-orders.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { DayInput } from '../../../ui/DayInput.tsx';
import { formatInstant, formatQuantity } from '../../../ui/formats.ts';
import { NumberField } from '../../../ui/NumberField.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { RejectDialog } from '../parts/RejectDialog.tsx';
import { ServiceStatusBadge } from '../parts/service-status.tsx';
import { UNIT_E6 } from '../parts/use-cart.ts';

export default function ServiceOrder() {
  const { order_id = '' } = useParams();
  const { data, error } = useAsk('orders.getServiceOrder', { order_id });
  if (error) return <RefusalNotice failure={error} />;
  return data ? <Shown key={data.order_id} page={data} /> : null;
}

/** One request: what was asked for, allowed and sent, and who did what. */
function Shown({ page }: { page: ServiceOrderPage }) {
  const t = useTexts('orders');
  const { timezone } = useMe();
  const navigate = useNavigate();
  const [approved, setApproved] = useState<Record<string, number>>({});
  const [expected_on, setExpected] = useState('');
  const [isRejecting, setRejecting] = useState(false);
  const approving = useCommand('orders.approveServiceOrders');
  const fulfilling = useCommand('orders.fulfilServiceOrder');
  const cancelling = useCommand('orders.cancelServiceOrder');
  const again = useCommand('orders.orderAgain');
  const { order_id, order_status } = page;
  const isOpen = page.may_decide && order_status === 'PENDING';
  const approve = () =>
    approving.run({
      order_ids: [order_id],
      expected_on: expected_on || null,
      quantities: page.lines.flatMap(line => {
        const quantity = approved[line.line_id];
        return quantity === undefined
          ? []
          : [{ line_id: line.line_id, approved_quantity_e6: quantity * UNIT_E6 }];
      }),
    });
  const quietly = (act: Promise<unknown>) => void act.catch(() => undefined);
  return (
    <Stack gap="sm">
      <PageHeader
        title={page.order_number}
        crumbs={[{ label: t('service.orders'), to: '/service/orders' }]}
        status={<ServiceStatusBadge status={order_status} />}
        subtitle={`${page.requester_name} · ${formatInstant(page.requested_at_ms, timezone)}`}
        actions={
          <>
            {page.may_cancel && (
              <Button
                variant="default"
                loading={cancelling.pending}
                onClick={() => quietly(cancelling.run({ order_id }))}
              >
                {t('service.cancel')}
              </Button>
            )}
            {page.may_order_again && (
              <Button
                variant="default"
                leftSection={<IconRefresh size={16} />}
                loading={again.pending}
                onClick={() => quietly(again.run({ order_id }).then(() => navigate('/service')))}
              >
                {t('service.again')}
              </Button>
            )}
            {isOpen && (
              <Button variant="default" leftSection={<IconX size={16} />} onClick={() => setRejecting(true)}>
                {t('service.reject')}
              </Button>
            )}
            {isOpen && (
              <Button
                leftSection={<IconCheck size={16} />}
                loading={approving.pending}
                onClick={() => quietly(approve())}
              >
                {t('service.approve')}
              </Button>
            )}
            {page.may_decide && order_status === 'APPROVED' && (
              <Button
                leftSection={<IconPackageExport size={16} />}
                loading={fulfilling.pending}
                onClick={() => quietly(fulfilling.run({ order_id }))}
              >
                {t('service.fulfil')}
              </Button>
            )}
          </>
        }
      />
      <RefusalNotice
        failure={approving.failure ?? fulfilling.failure ?? cancelling.failure ?? again.failure}
        onClose={() => {
          for (const command of [approving, fulfilling, cancelling, again]) command.reset();
        }}
      />
      {page.notes && <Alert color="gray">{page.notes}</Alert>}
      <Lines page={page} isOpen={isOpen} approved={approved} onApprove={setApproved} />
      {isOpen && (
        <DayInput
          w={220}
          label={t('service.expected')}
          value={expected_on}
          clearable
          onChange={setExpected}
        />
      )}
      {!isOpen && page.expected_on && (
        <Text size="sm">
          {t('service.expected')}: {page.expected_on}
        </Text>
      )}
      {page.internal_notes !== null && <InternalNotes order_id={order_id} held={page.internal_notes} />}
      <Title order={2} size="h6">
        {t('screens.history')}
      </Title>
      <Table>
        <Table.Tbody>
          {page.history.map(step => (
            <Table.Tr key={`${step.at_ms} ${step.action}`}>
              <Table.Td w={160} className="tabular">
                {formatInstant(step.at_ms, timezone)}
              </Table.Td>
              <Table.Td w={160}>{t(`history.${step.action}`)}</Table.Td>
              <Table.Td w={200}>{step.by_name}</Table.Td>
              <Table.Td>{step.comment}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {isRejecting && (
        <RejectDialog
          order_ids={[order_id]}
          onClose={() => setRejecting(false)}
          onDone={() => setRejecting(false)}
        />
      )}
    </Stack>
  );
}

interface LinesProps {
  page: ServiceOrderPage;
  isOpen: boolean;
  approved: Record<string, number>;
  onApprove: (next: Record<string, number>) => void;
}
function Lines({ page, isOpen, approved, onApprove }: LinesProps) {
  const t = useTexts('orders');
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('service.item')}</Table.Th>
          <Table.Th>{t('service.note')}</Table.Th>
          <Table.Th ta="right">{t('service.asked')}</Table.Th>
          <Table.Th ta="right" w={130}>
            {t('service.allowed')}
          </Table.Th>
          <Table.Th ta="right">{t('service.sent')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {page.lines.map(line => (
          <Table.Tr key={line.line_id}>
            <Table.Td>
              <Text size="sm" fw={600} span>
                {line.material_number}
              </Text>{' '}
              {line.material_name}
              {!line.is_active && (
                <Text size="xs" c="red">
                  {t('service.inactive')}
                </Text>
              )}
            </Table.Td>
            <Table.Td>{line.notes}</Table.Td>
            <Table.Td ta="right" className="tabular">
              {formatQuantity(line.quantity_e6)} {line.uom_code}
            </Table.Td>
            <Table.Td ta="right" className="tabular">
              {isOpen ? (
                <NumberField
                  aria-label={t('service.allowed_of', { item: line.material_number })}
                  min={0}
                  max={line.quantity_e6 / UNIT_E6}
                  decimalScale={0}
                  value={approved[line.line_id] ?? line.quantity_e6 / UNIT_E6}
                  onChange={value => onApprove({ ...approved, [line.line_id]: Number(value) })}
                />
              ) : (
                line.approved_quantity_e6 !== null && formatQuantity(line.approved_quantity_e6)
              )}
            </Table.Td>
            <Table.Td ta="right" className="tabular">
              {formatQuantity(line.fulfilled_quantity_e6)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function InternalNotes({ order_id, held }: { order_id: string; held: string }) {
  const t = useTexts('orders');
  const noting = useCommand('orders.setInternalNotes');
  const [internal_notes, setNotes] = useState(held);
  return (
    <Group align="flex-end">
      <Textarea
        label={t('service.internal')}
        description={t('service.internal_text')}
        w={560}
        autosize
        minRows={2}
        maxLength={5000}
        value={internal_notes}
        onChange={event => setNotes(event.currentTarget.value)}
      />
      <Button
        variant="default"
        disabled={internal_notes === held}
        loading={noting.pending}
        onClick={() => void noting.run({ order_id, internal_notes }).catch(() => undefined)}
      >
        {t('service.save')}
      </Button>
    </Group>
  );
}
