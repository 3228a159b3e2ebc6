import { ActionIcon, Button, Table, Text } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconPlus } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import type { ServiceItem } from '../../../../preload/contract/service-orders.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import { formatQuantity } from '../../../ui/formats.ts';
import { useTexts } from '../../../ui/texts.ts';

type MaterialId = ServiceItem['material_id'];
interface Props {
  items: readonly ServiceItem[];
  onAdd: (material_id: MaterialId) => void;
}
/** Items of the catalogue; an assembly opens to the parts that may be ordered one by one. */
export function ServiceItems({ items, onAdd }: Props) {
  const t = useTexts('orders');
  const [opened, setOpened] = useState<MaterialId | null>(null);
  return (
    <Table stickyHeader highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={40} aria-label={t('service.components')} />
          <Table.Th>{t('service.item')}</Table.Th>
          <Table.Th>{t('service.maker')}</Table.Th>
          <Table.Th w={110} aria-label={t('service.add')} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map(item => (
          <Fragment key={item.material_id}>
            <Row item={item} onAdd={onAdd}>
              {item.components > 0 && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-expanded={opened === item.material_id}
                  aria-label={t('service.components_of', { item: item.material_number })}
                  onClick={() => setOpened(now => (now === item.material_id ? null : item.material_id))}
                >
                  {opened === item.material_id ? (
                    <IconChevronDown size={16} />
                  ) : (
                    <IconChevronRight size={16} />
                  )}
                </ActionIcon>
              )}
            </Row>
            {opened === item.material_id && <Components material_id={item.material_id} onAdd={onAdd} />}
          </Fragment>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Components({ material_id, onAdd }: { material_id: MaterialId; onAdd: Props['onAdd'] }) {
  const { data } = useAsk('orders.serviceItem', { material_id });
  return data?.components.map(part => (
    <Row
      key={part.material_id}
      item={part}
      onAdd={onAdd}
      quantity={`${formatQuantity(part.quantity_e6)} ${part.uom_code}`}
      canOrder={part.can_order}
      isInner
    />
  ));
}

interface RowProps {
  item: ServiceItem;
  onAdd: Props['onAdd'];
  quantity?: string;
  canOrder?: boolean;
  isInner?: boolean;
  children?: React.ReactNode;
}
function Row({ item, onAdd, quantity, canOrder = true, isInner = false, children }: RowProps) {
  const t = useTexts('orders');
  return (
    <Table.Tr>
      <Table.Td>{children}</Table.Td>
      <Table.Td style={isInner ? { paddingLeft: 34 } : undefined}>
        <Text size="sm" fw={600} span>
          {item.material_number}
        </Text>
        {quantity && (
          <Text size="xs" c="dimmed" span>
            {' '}
            {quantity}
          </Text>
        )}
        <Text size="sm">{item.material_name}</Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm">{item.manufacturer_name}</Text>
        <Text size="xs" c="dimmed">
          {item.manufacturer_part_number}
        </Text>
      </Table.Td>
      <Table.Td>
        {canOrder && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPlus size={14} />}
            aria-label={t('service.add_item', { item: item.material_number })}
            onClick={() => onAdd(item.material_id)}
          >
            {t('service.add')}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
