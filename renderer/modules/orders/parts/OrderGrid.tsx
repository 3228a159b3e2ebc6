import { Anchor, Checkbox, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { OrderFilter, OrderSort, OrderSummary } from '../../../../preload/contract/orders.ts';
import { ask } from '../../../rpc/client.ts';
import { useTexts } from '../../../ui/texts.ts';
import classes from './OrderGrid.module.css';
import { type OrderColumn, orderColumns } from './order-columns.tsx';

const PAGE_ROWS = 200;
const ROW_PX = 32;

interface OrderGridProps {
  filter: OrderFilter;
  sort: OrderSort;
  columns: readonly string[];
  total: number;
  selected: ReadonlySet<string>;
  activeId: string | null;
  onSort: (sort: OrderSort) => void;
  onSelect: (ids: ReadonlySet<string>) => void;
  onSelectAll: () => void;
  onActive: (order: OrderSummary) => void;
  onPreview: () => void;
}

/** Orders of any number: only the pages on screen are asked for. Arrows move, Enter opens, Space previews. */
export function OrderGrid(props: OrderGridProps) {
  const { filter, sort, total, selected, onSelect } = props;
  const t = useTexts('orders');
  const navigate = useNavigate();
  const box = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const columns = orderColumns.filter(({ key, isFixed }) => isFixed || props.columns.includes(key));
  const template = `34px ${columns.map(({ width }) => width).join(' ')}`;
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    scrollPaddingStart: ROW_PX,
  });
  const items = virtual.getVirtualItems();
  const firstPage = Math.floor((items[0]?.index ?? 0) / PAGE_ROWS);
  const lastPage = Math.floor((items.at(-1)?.index ?? 0) / PAGE_ROWS);
  const pages = Array.from({ length: lastPage - firstPage + 1 }, (_, index) => firstPage + index);
  const answers = useQueries({
    queries: pages.map(page => {
      const input = { filter, sort, offset: page * PAGE_ROWS, limit: PAGE_ROWS };
      return { queryKey: ['orders.list', input], queryFn: () => ask('orders.list', input) };
    }),
  });
  const rowAt = (index: number): OrderSummary | undefined => {
    const page = Math.floor(index / PAGE_ROWS);
    return answers[page - firstPage]?.data?.rows[index - page * PAGE_ROWS];
  };
  useEffect(() => {
    setActive(0);
    box.current?.scrollTo({ top: 0 });
  }, [filter, sort]);

  const move = (to: number) => {
    const index = Math.max(0, Math.min(total - 1, to));
    setActive(index);
    virtual.scrollToIndex(index);
    const row = rowAt(index);
    if (row) props.onActive(row);
  };
  const toggle = (row: OrderSummary) => {
    const next = new Set(selected);
    if (!next.delete(row.order_id)) next.add(row.order_id);
    onSelect(next);
  };
  const press = (event: KeyboardEvent) => {
    const row = rowAt(active);
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 320) / ROW_PX) - 2);
    const keys: Record<string, () => void> = {
      ArrowDown: () => move(active + 1),
      ArrowUp: () => move(active - 1),
      PageDown: () => move(active + page),
      PageUp: () => move(active - page),
      Home: () => move(0),
      End: () => move(total - 1),
      Enter: () => row && navigate(`/orders/${row.order_id}`),
      ' ': () => {
        if (row) props.onActive(row);
        props.onPreview();
      },
      x: () => row && toggle(row),
    };
    const act = keys[event.key];
    if (!act || event.target !== event.currentTarget || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    act();
  };
  return (
    <div
      ref={box}
      className={classes.box}
      role="grid"
      aria-label={t('screens.orders')}
      aria-rowcount={total + 1}
      aria-multiselectable
      aria-activedescendant={total > 0 ? `order-row-${active}` : undefined}
      tabIndex={0}
      onKeyDown={press}
    >
      <div className={classes.head} role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
        <div role="columnheader">
          <Checkbox
            size="xs"
            aria-label={t('screens.select_all')}
            checked={total > 0 && selected.size === total}
            indeterminate={selected.size > 0 && selected.size < total}
            onChange={event => (event.currentTarget.checked ? props.onSelectAll() : onSelect(new Set()))}
          />
        </div>
        {columns.map(column => (
          <ColumnHead key={column.key} column={column} sort={sort} onSort={props.onSort} />
        ))}
      </div>
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="rowgroup">
        {items.map(item => {
          const row = rowAt(item.index);
          const isActive = item.index === active;
          return (
            <div
              key={item.index}
              id={`order-row-${item.index}`}
              role="row"
              aria-rowindex={item.index + 2}
              aria-selected={row ? selected.has(row.order_id) : false}
              className={isActive ? `${classes.row} ${classes.active}` : classes.row}
              style={{ gridTemplateColumns: template, transform: `translateY(${item.start}px)` }}
              onClick={() => {
                setActive(item.index);
                if (row) props.onActive(row);
              }}
              onDoubleClick={() => row && navigate(`/orders/${row.order_id}`)}
            >
              <div role="gridcell">
                <Checkbox
                  size="xs"
                  tabIndex={-1}
                  disabled={!row}
                  aria-label={t('screens.select_order', {
                    order: `${row?.order_number ?? ''} ${row?.build_number ?? ''}`,
                  })}
                  checked={row ? selected.has(row.order_id) : false}
                  onChange={() => row && toggle(row)}
                  onClick={event => event.stopPropagation()}
                />
              </div>
              {columns.map(column => (
                <div key={column.key} role="gridcell" className={classes.cell}>
                  {row && <OrderCell column={column} row={row} />}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function OrderCell({ column, row }: { column: OrderColumn; row: OrderSummary }) {
  if (column.link) {
    return (
      <Anchor component={Link} to={column.link(row)} size="sm" tabIndex={-1} truncate display="block">
        {column.text(row)}
      </Anchor>
    );
  }
  if (column.show) return <>{column.show(row)}</>;
  const text = column.text(row);
  return (
    <Text size="sm" truncate title={text}>
      {text}
    </Text>
  );
}

function ColumnHead({
  column,
  sort,
  onSort,
}: {
  column: OrderColumn;
  sort: OrderSort;
  onSort: (sort: OrderSort) => void;
}) {
  const t = useTexts('orders');
  const by = column.sort;
  const isSorted = by !== undefined && sort.by === by;
  const order = !isSorted ? 'none' : sort.direction === 'asc' ? 'ascending' : 'descending';
  return (
    <div role="columnheader" aria-sort={order}>
      {by ? (
        <button
          type="button"
          className={classes.sort}
          onClick={() => onSort({ by, direction: isSorted && sort.direction === 'asc' ? 'desc' : 'asc' })}
        >
          {t(`screens.columns.${column.key}`)}
          {isSorted && (sort.direction === 'asc' ? <IconArrowUp size={12} /> : <IconArrowDown size={12} />)}
        </button>
      ) : (
        t(`screens.columns.${column.key}`)
      )}
    </div>
  );
}
