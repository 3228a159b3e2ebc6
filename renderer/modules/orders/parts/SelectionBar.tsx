import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCopy, IconListCheck, IconPrinter, IconX } from '@tabler/icons-react';
import { Link, useNavigate } from 'react-router';
import { type OrderSummary, orderId } from '../../../../preload/contract/orders.ts';
import { MOST_PICKED } from '../../../../preload/contract/pick-list.ts';
import { formatNumber } from '../../../ui/formats.ts';
import { toTsv } from '../../../ui/grid.rules.ts';
import { cellText, copyText } from '../../../ui/grid-column.tsx';
import { countOf, EVERYTHING, NOTHING, type Selection, selectionTest } from '../../../ui/selection.rules.ts';
import { useTexts } from '../../../ui/texts.ts';
import { loadRange, type RowSource } from '../../../ui/use-grid-rows.ts';
import { PrintSeveral } from '../../printing/parts/PrintSeveral.tsx';
import { useOrderColumns } from './order-columns.tsx';

interface SelectionBarProps {
  selection: Selection;
  source: RowSource<OrderSummary>;
  onSelect: (selection: Selection) => void;
}

/** What can be done with the chosen builds, whether they were ever on screen or not. */
export function SelectionBar({ selection, source, onSelect }: SelectionBarProps) {
  const t = useTexts('orders');
  const navigate = useNavigate();
  const columns = useOrderColumns();
  const count = countOf(selection, source.count);
  const copy = async () => {
    const isPicked = selectionTest(selection);
    const rows = (await loadRange(source, 0, source.count)).filter(row => isPicked(row.order_id));
    const shown = columns.filter(({ hidden }) => !hidden);
    const lines = rows.map(row => shown.map(column => cellText(column, row)));
    await copyText(toTsv([shown.map(({ title }) => title), ...lines]));
    notifications.show({ message: t('screens.copied', { count: rows.length }) });
  };
  const orderIds = async () => {
    if (!selection.is_all) return selection.keys.map(key => orderId.parse(key));
    const isPicked = selectionTest(selection);
    const rows = await loadRange(source, 0, source.count);
    return rows.flatMap(({ order_id }) => (isPicked(order_id) ? [order_id] : []));
  };
  const only = selection.is_all ? undefined : selection.keys[0];
  return (
    <Group gap="xs" role="toolbar" aria-label={t('screens.selection')}>
      <Text size="sm" fw={600}>
        {t('screens.n_selected', { count, shown: formatNumber(count) })}
      </Text>
      {count < source.count && (
        <Button size="compact-sm" variant="default" onClick={() => onSelect(EVERYTHING)}>
          {t('screens.select_all_n', { count: source.count, shown: formatNumber(source.count) })}
        </Button>
      )}
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconCopy size={14} />}
        onClick={() => void copy()}
      >
        {t('screens.copy')}
      </Button>
      {count === 1 && only && (
        <Button
          size="compact-sm"
          variant="default"
          component={Link}
          to={`/print/order_confirmation?order=${only}`}
          leftSection={<IconPrinter size={14} />}
        >
          {t('screens.print')}
        </Button>
      )}
      {count > 1 && <PrintSeveral count={count} orderIds={orderIds} />}
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconListCheck size={14} />}
        disabled={count > MOST_PICKED}
        title={count > MOST_PICKED ? t('screens.too_many_picked', { most: MOST_PICKED }) : undefined}
        onClick={() => void orderIds().then(ids => navigate(`/print/pick_list?builds=${ids.join(',')}`))}
      >
        {t('screens.prints.pick_list')}
      </Button>
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        leftSection={<IconX size={14} />}
        onClick={() => onSelect(NOTHING)}
      >
        {t('screens.clear_selection')}
      </Button>
    </Group>
  );
}
