// biome-ignore-all lint/a11y/useSemanticElements: rows are laid out one by one, which table elements do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and points at its active row
import { Checkbox } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { Link, useNavigate } from 'react-router';
import { ColumnChooser } from './ColumnChooser.tsx';
import { EmptyState } from './EmptyState.tsx';
import { formatNumber } from './formats.ts';
import classes from './Grid.module.css';
import { GridHead } from './GridHead.tsx';
import { cursorAfter, type GridSort, nextSort, toTsv } from './grid.rules.ts';
import { alignClass, cellText, copyText, DEFAULT_WIDTH, type GridColumn } from './grid-column.tsx';
import { countOf, EVERYTHING, NOTHING, type Selection, selectionTest, toggled } from './selection.rules.ts';
import { useTexts } from './texts.ts';
import { useColumnChoice } from './use-column-choice.ts';
import { useDensity } from './use-density.ts';
import { loadRange, type RowSource, useSortedRows, useWindowedRows } from './use-grid-rows.ts';

export type { GridColumn, GridSort, RowSource };

export interface DataGridProps<Row extends object> {
  /** Columns are remembered under this name. */
  id: string;
  /** Names the list for screen readers. */
  label: string;
  columns: GridColumn<Row>[];
  rowKey: (row: Row) => string;
  /** All rows in memory, sorted here; or `source`, sorted by whoever answers it. */
  rows?: Row[];
  source?: RowSource<Row>;
  sort?: GridSort | null;
  onSort?: (sort: GridSort) => void;
  /** Address of a row: its first cell becomes a real link, Enter and double click follow it. */
  href?: (row: Row) => string;
  onOpen?: (row: Row) => void;
  /** With it rows can be selected. */
  onSelect?: (selection: Selection) => void;
  selection?: Selection;
  /** The row under the cursor, for a preview beside the list. */
  onCursor?: (row: Row | undefined) => void;
  /** Left in the bar above the heads: counts, actions on the selection. */
  bar?: ReactNode;
  empty?: ReactNode;
  loading?: boolean;
  timezone?: string;
}

export function DataGrid<Row extends object>(props: DataGridProps<Row>) {
  const { id, columns, rowKey, source, href, onOpen, onSelect, onCursor, selection = NOTHING } = props;
  const t = useTexts('ui');
  const navigate = useNavigate();
  const { row_px, width_factor } = useDensity();
  const scroller = useRef<HTMLDivElement>(null);
  const [ownSort, setOwnSort] = useState<GridSort | null>(null);
  const sort = props.sort === undefined ? ownSort : props.sort;
  const [cursor, setCursor] = useState(0);
  const anchor = useRef(0);
  const { choice, setChoice, all, shown } = useColumnChoice(id, columns);
  const sorted = useSortedRows(props.rows, columns, props.onSort ? null : sort);
  const count = source ? source.count : sorted.length;
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => row_px,
    overscan: 8,
    scrollPaddingStart: row_px,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured again when the row height changes
  useEffect(() => virtual.measure(), [row_px]);
  const items = virtual.getVirtualItems();
  const windowed = useWindowedRows(id, source, items[0]?.index ?? 0, items.at(-1)?.index ?? 0);
  const rowAt = (index: number): Row | undefined => (source ? windowed(index) : sorted[index]);
  const isPicked = useMemo(() => selectionTest(selection), [selection]);
  const picked_count = countOf(selection, count);
  const widthOf = (column: GridColumn<Row>) =>
    choice.widths[column.key] ?? (column.width ?? DEFAULT_WIDTH) * width_factor;
  const total_px = shown.reduce((sum, column) => sum + widthOf(column), onSelect ? 40 : 0);

  /** Rows of a source that were never on screen are asked for. */
  const rowsBetween = async (a: number, b: number): Promise<readonly Row[]> => {
    const [from, to] = [Math.min(a, b), Math.max(a, b) + 1];
    return source ? loadRange(source, from, to) : sorted.slice(from, to);
  };
  const latestRange = useRef(0);
  const selectRange = async (a: number, b: number) => {
    latestRange.current += 1;
    const asked = latestRange.current;
    const rows = await rowsBetween(a, b);
    if (asked === latestRange.current) onSelect?.({ is_all: false, keys: rows.map(rowKey) });
  };
  const toggle = (index: number) => {
    const row = rowAt(index);
    if (!row || !onSelect) return;
    latestRange.current += 1;
    anchor.current = index;
    onSelect(toggled(selection, rowKey(row)));
  };
  const goTo = (index: number, extend: boolean) => {
    setCursor(index);
    virtual.scrollToIndex(index);
    onCursor?.(rowAt(index));
    if (extend) void selectRange(anchor.current, index);
    else anchor.current = index;
  };
  const open = (row: Row | undefined) => {
    if (!row) return;
    if (onOpen) onOpen(row);
    else if (href) navigate(href(row));
  };
  const select = (next: Selection) => {
    latestRange.current += 1;
    onSelect?.(next);
  };
  const copy = async () => {
    const rows = picked_count > 0 ? await rowsBetween(0, count - 1) : [rowAt(cursor)];
    const picked = rows.flatMap(row => (row && (picked_count === 0 || isPicked(rowKey(row))) ? [row] : []));
    const lines = picked.map(row => shown.map(column => cellText(column, row, props.timezone)));
    await copyText(toTsv([shown.map(column => column.title), ...lines]));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== event.currentTarget) return;
    const isCommand = event.ctrlKey || event.metaKey;
    const next =
      isCommand && event.key !== 'Home' && event.key !== 'End'
        ? undefined
        : cursorAfter(event.key, cursor, count, pageRows());
    if (next !== undefined && count > 0) goTo(next, event.shiftKey && Boolean(onSelect));
    else if (event.key === 'Enter') open(rowAt(cursor));
    else if (event.key === ' ' && onSelect) toggle(cursor);
    else if (isCommand && event.key === 'a' && onSelect) select(EVERYTHING);
    else if (isCommand && event.key === 'c' && !getSelection()?.toString()) void copy();
    else if (event.key === 'Escape' && picked_count > 0) select(NOTHING);
    else return;
    event.preventDefault();
  };
  const pageRows = () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? row_px) / row_px) - 2);
  const onClick = (event: MouseEvent, index: number) => {
    scroller.current?.focus({ preventScroll: true });
    if (onSelect && event.shiftKey) return goTo(index, true);
    setCursor(index);
    onCursor?.(rowAt(index));
    if (onSelect && (event.ctrlKey || event.metaKey)) toggle(index);
    anchor.current = index;
  };

  const isEmpty = count === 0 && !props.loading;
  return (
    <div className={classes.frame}>
      <div className={classes.bar}>
        {props.bar ?? <span>{t('grid.rows', { count, shown: formatNumber(count) })}</span>}
        <span className={classes.space} />
        {picked_count > 0 && (
          <span aria-live="polite">
            {t('grid.selected', { count: picked_count, shown: formatNumber(picked_count) })}
          </span>
        )}
        <ColumnChooser columns={all} choice={choice} onChange={setChoice} />
      </div>
      <div
        ref={scroller}
        className={classes.scroll}
        role="grid"
        aria-label={props.label}
        aria-rowcount={count + 1}
        aria-multiselectable={onSelect ? true : undefined}
        aria-activedescendant={count > 0 ? `${id}-row-${cursor}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div style={{ minWidth: total_px, width: '100%' }}>
          <GridHead
            columns={shown}
            widthOf={widthOf}
            sort={sort}
            onSort={key => (props.onSort ?? setOwnSort)(nextSort(sort, key))}
            onWidth={(key, width) => setChoice({ ...choice, widths: { ...choice.widths, [key]: width } })}
            marker={
              onSelect && (
                <div role="columnheader" className={classes.mark}>
                  <Checkbox
                    size="xs"
                    aria-label={t('grid.select_all')}
                    checked={count > 0 && picked_count >= count}
                    indeterminate={picked_count > 0 && picked_count < count}
                    onChange={() => select(picked_count > 0 ? NOTHING : EVERYTHING)}
                  />
                </div>
              )
            }
          />
          <div className={classes.body} role="rowgroup" style={{ height: virtual.getTotalSize() }}>
            {items.map(({ index, start }) => {
              const row = rowAt(index);
              const isChosen = row !== undefined && isPicked(rowKey(row));
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the grid itself takes the keys
                <div
                  key={index}
                  id={`${id}-row-${index}`}
                  role="row"
                  aria-rowindex={index + 2}
                  aria-selected={onSelect ? isChosen : undefined}
                  className={[classes.row, isChosen && classes.chosen, index === cursor && classes.cursor]
                    .filter(Boolean)
                    .join(' ')}
                  style={{ top: start, minWidth: total_px, width: '100%' }}
                  onClick={event => onClick(event, index)}
                  onDoubleClick={() => open(row)}
                >
                  {onSelect && (
                    <div role="gridcell" className={classes.mark}>
                      <Checkbox
                        size="xs"
                        tabIndex={-1}
                        aria-label={t('grid.select')}
                        checked={isChosen}
                        onChange={() => toggle(index)}
                        onClick={event => event.stopPropagation()}
                      />
                    </div>
                  )}
                  {shown.map((column, at) => (
                    <div
                      key={column.key}
                      role="gridcell"
                      className={`${classes.cell} ${alignClass(column)}`}
                      style={{ width: widthOf(column) }}
                    >
                      {row && (
                        <Cell
                          column={column}
                          row={row}
                          to={at === 0 ? href?.(row) : undefined}
                          timezone={props.timezone}
                        />
                      )}
                    </div>
                  ))}
                </div>
              );
            })}
          </div>
        </div>
        {isEmpty && (props.empty ?? <EmptyState title={t('grid.empty')} />)}
      </div>
    </div>
  );
}

function Cell<Row extends object>({
  column,
  row,
  to,
  timezone,
}: {
  column: GridColumn<Row>;
  row: Row;
  to?: string;
  timezone?: string;
}) {
  const content = column.render ? column.render(row) : cellText(column, row, timezone);
  const shown =
    typeof content === 'string' ? (
      <span className={classes.cellText} title={content}>
        {content}
      </span>
    ) : (
      content
    );
  if (!to) return shown;
  return (
    <Link
      to={to}
      className={`${classes.link} ${classes.cellText}`}
      onClick={event => event.stopPropagation()}
    >
      {content}
    </Link>
  );
}
