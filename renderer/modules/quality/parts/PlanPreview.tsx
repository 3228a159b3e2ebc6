import { Group, NativeSelect, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import type { InputAt } from '../../../rpc/paths.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';

type PlanId = InputAt<'quality.previewPlan'>['plan_id'];
type OrderId = InputAt<'quality.previewPlan'>['order_id'];

/** The rows the form would have on a build of one's choice. */
export function PlanPreview({ plan_id }: { plan_id: PlanId }) {
  const t = useTexts('quality');
  const builds = useAsk('orders.list', { limit: 50 }).data?.rows ?? [];
  const [order_id, setOrder] = useState<OrderId | null>(null);
  return (
    <section>
      <Group gap="sm" align="end">
        <Title order={2} size="h5">
          {t('plan.preview')}
        </Title>
        <NativeSelect
          aria-label={t('plan.preview_build')}
          value={order_id ?? ''}
          data={[
            { value: '', label: t('plan.preview_build') },
            ...builds.map(b => ({ value: b.order_id, label: `${b.order_number} / ${b.build_number}` })),
          ]}
          onChange={event =>
            setOrder(builds.find(b => b.order_id === event.currentTarget.value)?.order_id ?? null)
          }
        />
      </Group>
      {order_id && <Rows plan_id={plan_id} order_id={order_id} />}
    </section>
  );
}
function Rows({ plan_id, order_id }: { plan_id: PlanId; order_id: OrderId }) {
  const t = useTexts('quality');
  const { locale } = useMe();
  const { data, error } = useAsk('quality.previewPlan', { plan_id, order_id });
  if (error) return <RefusalNotice failure={error} />;
  const rows = data?.rows ?? [];
  return (
    <Stack gap={4} mt="xs">
      <Text size="sm" c="dimmed">
        {t('plan.preview_count', {
          applicable: rows.filter(r => r.is_applicable).length,
          absent: rows.filter(r => !r.is_applicable).length,
        })}
      </Text>
      <Table verticalSpacing={2}>
        <Table.Tbody>
          {rows.map(row => (
            <Table.Tr key={`${row.code} ${row.repeat_index}`}>
              <Table.Td w={110}>
                {row.repeat_index > 0 ? `${row.code}.${row.repeat_index}` : row.code}
              </Table.Td>
              <Table.Td c={row.is_applicable ? undefined : 'dimmed'}>
                {row.item_label ?? row.name[locale]}
                {!row.is_applicable &&
                  ` — ${t('not_applicable_because', { rule: row.rule_words?.[locale] ?? row.rule })}`}
              </Table.Td>
              <Table.Td w={160}>{row.is_applicable ? row.expected_value : ''}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}
