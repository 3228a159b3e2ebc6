// biome-ignore-all lint/a11y/useSemanticElements: rows are laid out one by one, which table elements do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and points at its active row
// biome-ignore-all lint/a11y/noStaticElementInteractions: its role is grid, or treegrid when it shows groups
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: its role is grid, or treegrid when it shows groups
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
import { useNavigate } from 'react-router';
import { ColumnChooser } from './ColumnChooser.tsx';
import { EmptyState } from './EmptyState.tsx';
import { formatNumber } from './formats.ts';
import classes from './Grid.module.css';
import { GridHead } from './GridHead.tsx';
import { GridGroupLine, GridRow } from './GridRow.tsx';
import { cursorAfter, type GridSort, nextSort, toTsv } from './grid.rules.ts';
import { cellText, copyText, DEFAULT_WIDTH, type GridColumn } from './grid-column.tsx';
import { type GridGroup, groupedLines, plainLines } from './grid-groups.rules.ts';
import { countOf, EVERYTHING, NOTHING, type Selection, selectionTest, toggled } from './selection.rules.ts';
import { useTexts } from './texts.ts';
import { useColumnChoice } from './use-column-choice.ts';
import { useDensity } from './use-density.ts';
import { loadRange, type RowSource, useSortedRows, useWindowedRows } from './use-grid-rows.ts';

export type { GridColumn, GridGroup, GridSort, RowSource };

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
  /** The rows stand in these groups, one after the other. */
  groups?: readonly GridGroup[] | null;
  /** Groups of which only the heading is shown, by key. */
  collapsed?: Selection;
  onCollapse?: (collapsed: Selection) => void;
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
  const { groups, collapsed = NOTHING, onCollapse } = props;
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
  const isCollapsed = useMemo(() => selectionTest(collapsed), [collapsed]);
  const lines = useMemo(
    () => (groups ? groupedLines(groups, isCollapsed) : plainLines(count)),
    [groups, isCollapsed, count],
  );
  const virtual = useVirtualizer({
    count: lines.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => row_px,
    overscan: 8,
    scrollPaddingStart: row_px,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured again when the row height changes
  useEffect(() => virtual.measure(), [row_px]);
  const items = virtual.getVirtualItems();
  const indexOf = (line: number): number | undefined => {
    const found = lines.lineAt(line);
    return found?.kind === 'row' ? found.index : undefined;
  };
  const windowed = useWindowedRows(
    id,
    source,
    items.flatMap(({ index }) => indexOf(index) ?? []),
  );
  const rowAt = (line: number): Row | undefined => {
    const index = indexOf(line);
    if (index === undefined) return undefined;
    return source ? windowed(index) : sorted[index];
  };
  const groupAt = (line: number): GridGroup | undefined => {
    const found = lines.lineAt(line);
    return found?.kind === 'group' ? groups?.[found.group] : undefined;
  };
  const isPicked = useMemo(() => selectionTest(selection), [selection]);
  const picked_count = countOf(selection, count);
  const widthOf = (column: GridColumn<Row>) =>
    choice.widths[column.key] ?? (column.width ?? DEFAULT_WIDTH) * width_factor;
  const total_px = shown.reduce((sum, column) => sum + widthOf(column), onSelect ? 40 : 0);

  /** Rows of a source that were never on screen are asked for. */
  const rowsOf = async (from: number, to: number): Promise<readonly Row[]> =>
    source ? loadRange(source, from, to) : sorted.slice(from, to);
  const latestRange = useRef(0);
  const selectRange = async (a: number, b: number) => {
    latestRange.current += 1;
    const asked = latestRange.current;
    const rows = (await Promise.all(lines.runsBetween(a, b).map(([from, to]) => rowsOf(from, to)))).flat();
    if (asked === latestRange.current) onSelect?.({ is_all: false, keys: rows.map(rowKey) });
  };
  const setOpen = (group: GridGroup, isOpen: boolean) => {
    if (isCollapsed(group.key) === isOpen) onCollapse?.(toggled(collapsed, group.key));
  };
  /** Opens or closes the group under the cursor; from a row, the left key goes to its heading. */
  const sideways = (key: string) => {
    const group = groupAt(cursor);
    if (group) return setOpen(group, key === 'ArrowRight');
    if (key !== 'ArrowLeft') return;
    for (let line = cursor - 1; line >= 0; line--) if (groupAt(line)) return goTo(line, false);
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
    const rows = picked_count > 0 ? await rowsOf(0, count) : [rowAt(cursor)];
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
        : cursorAfter(event.key, cursor, lines.count, pageRows());
    const group = groupAt(cursor);
    if (next !== undefined && lines.count > 0) goTo(next, event.shiftKey && Boolean(onSelect));
    else if (groups && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) sideways(event.key);
    else if (group && (event.key === 'Enter' || event.key === ' ')) setOpen(group, isCollapsed(group.key));
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
        role={groups ? 'treegrid' : 'grid'}
        aria-label={props.label}
        aria-rowcount={lines.count + 1}
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
              const place = {
                id: `${id}-row-${index}`,
                line: index,
                top: start,
                min_width: total_px,
                isCursor: index === cursor,
              };
              const group = groupAt(index);
              if (group)
                return (
                  <GridGroupLine
                    key={index}
                    place={place}
                    group={group}
                    isOpen={!isCollapsed(group.key)}
                    onClick={() => {
                      scroller.current?.focus({ preventScroll: true });
                      setCursor(index);
                      setOpen(group, isCollapsed(group.key));
                    }}
                  />
                );
              const row = rowAt(index);
              return (
                <GridRow
                  key={index}
                  place={place}
                  row={row}
                  isGrouped={Boolean(groups)}
                  isChosen={onSelect ? row !== undefined && isPicked(rowKey(row)) : null}
                  columns={shown}
                  widthOf={widthOf}
                  href={href}
                  timezone={props.timezone}
                  onClick={event => onClick(event, index)}
                  onOpen={() => open(row)}
                  hasAction={onOpen !== undefined}
                  onToggle={() => toggle(index)}
                />
              );
            })}
          </div>
        </div>
        {isEmpty && (props.empty ?? <EmptyState title={t('grid.empty')} />)}
      </div>
    </div>
  );
}
