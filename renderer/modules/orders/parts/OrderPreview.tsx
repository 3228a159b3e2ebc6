import { Anchor, Group, Stack, Table, Text } from '@mantine/core';
import { Link } from 'react-router';
import { unitWords } from '../../../../preload/contract/product-model.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import { useLocalized } from '../../../ui/localized.ts';
import { SidePanel } from '../../../ui/SidePanel.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { OrderStatusBadge } from './OrderStatusBadge.tsx';
import { SinkDrawing } from './SinkDrawing.tsx';

const SHOWN_ANSWERS = 8;

export function OrderPreview({ order_id, onClose }: { order_id: string; onClose: () => void }) {
  const t = useTexts('orders');
  const words = useLocalized();
  const page = useAsk('orders.get', { order_id });
  if (!page.data) return null;
  const { order, configuration, answers, bom_versions } = page.data;
  const bom = bom_versions[0];
  return (
    <SidePanel title={`${order.order_number} / ${order.build_number}`} onClose={onClose}>
      <Stack gap="xs">
        <Group gap="xs">
          <OrderStatusBadge status={order.order_status} />
          {bom && (
            <Anchor component={Link} to={`/boms/${bom.bom_id}`} size="sm">
              {t('screens.bom_version', { version: bom.bom_version })}
            </Anchor>
          )}
        </Group>
        <Text size="sm">{order.customer_name}</Text>
        <SinkDrawing configuration={configuration} title={t('screens.drawing')} unit={words(unitWords.in)} />
        <Table verticalSpacing={1} fz="xs">
          <Table.Tbody>
            {answers.slice(0, SHOWN_ANSWERS).map(answer => (
              <Table.Tr key={answer.path}>
                <Table.Td c="dimmed">{words(answer.label)}</Table.Td>
                <Table.Td>{words(answer.value_label)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Anchor component={Link} to={`/orders/${order.order_id}`} size="sm">
          {t('screens.open_order')}
        </Anchor>
      </Stack>
    </SidePanel>
  );
}
