// biome-ignore-all lint/a11y/useSemanticElements: rows are laid out one by one, which table elements do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and points at its active row
import { Button } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { ColumnChooser } from './ColumnChooser.tsx';
import { EmptyState } from './EmptyState.tsx';
import { formatNumber } from './formats.ts';
import classes from './Grid.module.css';
import { GridHead } from './GridHead.tsx';
import { cursorAfter, toTsv } from './grid.rules.ts';
import { alignClass, cellText, copyText, DEFAULT_WIDTH, type GridColumn } from './grid-column.tsx';
import { SearchInput } from './SearchInput.tsx';
import { useTexts } from './texts.ts';
import {
  findTyped,
  isOpenIn,
  matchingRows,
  type Openness,
  openRows,
  parentsOf,
  type TreeShape,
  withOpen,
} from './tree.rules.ts';
import { useColumnChoice } from './use-column-choice.ts';
import { useDensity } from './use-density.ts';

export type { GridColumn, TreeShape };

export interface TreeGridProps<Row extends TreeShape> {
  id: string;
  label: string;
  /** In display order; the first column carries the indent. */
  rows: Row[];
  columns: GridColumn<Row>[];
  /** What filtering and typing look at; by default the texts of all columns. */
  searchText?: (row: Row) => string;
  onSelect?: (row: Row) => void;
  onOpen?: (row: Row) => void;
  selected_row_no?: number | null;
  /** Only the first level is shown at first. */
  startClosed?: boolean;
  /** Rows below which others are still to come: they can be opened already. */
  hasMore?: (row: Row) => boolean;
  bar?: ReactNode;
  empty?: ReactNode;
}
const TYPED_PAUSE_MS = 800;

export function TreeGrid<Row extends TreeShape>(props: TreeGridProps<Row>) {
  const { id, rows, columns, onSelect, hasMore } = props;
  const t = useTexts('ui');
  const { row_px, width_factor } = useDensity();
  const scroller = useRef<HTMLDivElement>(null);
  const [openness, setOpenness] = useState<Openness>({ all: !props.startClosed, except: new Set() });
  const [filter, setFilter] = useState('');
  const [ownCursor, setOwnCursor] = useState<number | null>(null);
  const cursorNo = props.selected_row_no === undefined ? ownCursor : props.selected_row_no;
  const typed = useRef({ text: '', at_ms: 0 });
  const { choice, setChoice, all, shown: columnsShown } = useColumnChoice(id, columns);
  const parents = useMemo(() => {
    const found = parentsOf(rows);
    if (hasMore) for (const row of rows) if (hasMore(row)) found.add(row.row_no);
    return found;
  }, [rows, hasMore]);
  const textOf = useMemo(
    () => props.searchText ?? ((row: Row) => columns.map(column => cellText(column, row)).join(' ')),
    [props.searchText, columns],
  );
  const wanted = filter.trim().toLocaleLowerCase();
  const shown = useMemo(
    () =>
      wanted
        ? matchingRows(rows, row => textOf(row).toLocaleLowerCase().includes(wanted))
        : openRows(rows, row_no => isOpenIn(openness, row_no)),
    [rows, openness, wanted, textOf],
  );
  const cursor = Math.max(
    0,
    shown.findIndex(row => row.row_no === cursorNo),
  );
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => row_px,
    overscan: 8,
    scrollPaddingStart: row_px,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured again when the row height changes
  useEffect(() => virtual.measure(), [row_px]);
  const widthOf = (column: GridColumn<Row>) =>
    choice.widths[column.key] ?? (column.width ?? DEFAULT_WIDTH) * width_factor;
  const total_px = columnsShown.reduce((sum, column) => sum + widthOf(column), 0);

  const goTo = (index: number) => {
    const row = shown[index];
    if (!row) return;
    setOwnCursor(row.row_no);
    virtual.scrollToIndex(index);
    onSelect?.(row);
  };
  const setOpen = (row_no: number, isOpen: boolean) => setOpenness(withOpen(openness, row_no, isOpen));
  const setAll = (all: boolean) => setOpenness({ all, except: new Set() });
  const copy = () => {
    const head = [t('tree.level'), ...columnsShown.map(column => column.title)];
    const lines = shown.map(row => [row.level, ...columnsShown.map(column => cellText(column, row))]);
    void copyText(toTsv([head, ...lines]));
  };
  const sideways = (key: string) => {
    const row = shown[cursor];
    if (!row) return;
    const isOpen = parents.has(row.row_no) && isOpenIn(openness, row.row_no);
    if (key === 'ArrowRight' && !isOpen && parents.has(row.row_no)) return setOpen(row.row_no, true);
    if (key === 'ArrowRight' && isOpen) return goTo(cursor + 1);
    if (key === 'ArrowLeft' && isOpen && !wanted) return setOpen(row.row_no, false);
    if (key === 'ArrowLeft') goTo(shown.findIndex(other => other.row_no === row.parent_row_no));
  };
  const typeToFind = (letter: string) => {
    const now_ms = performance.now();
    const text = now_ms - typed.current.at_ms > TYPED_PAUSE_MS ? letter : typed.current.text + letter;
    typed.current = { text, at_ms: now_ms };
    goTo(findTyped(shown, cursor, text, textOf));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== event.currentTarget) return;
    const isCommand = event.ctrlKey || event.metaKey;
    const page_rows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? row_px) / row_px) - 2);
    const next = isCommand ? undefined : cursorAfter(event.key, cursor, shown.length, page_rows);
    const row = shown[cursor];
    if (next !== undefined) goTo(next);
    else if (isCommand && event.key === 'c' && !getSelection()?.toString()) copy();
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') sideways(event.key);
    else if (event.key === 'Enter' && row) (props.onOpen ?? onSelect)?.(row);
    else if (event.key === '*') setAll(true);
    else if (event.key.length === 1 && !isCommand && !event.altKey && event.key !== '?')
      typeToFind(event.key);
    else return;
    event.preventDefault();
  };

  return (
    <div className={classes.frame}>
      <div className={classes.bar}>
        <SearchInput value={filter} onChange={setFilter} width={220} />
        <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
          {t('tree.expand_all')}
        </Button>
        <Button variant="subtle" size="compact-sm" onClick={() => setAll(false)}>
          {t('tree.collapse_all')}
        </Button>
        {props.bar}
        <span className={classes.space} />
        <span aria-live="polite">
          {t('grid.rows', { count: shown.length, shown: formatNumber(shown.length) })}
        </span>
        <ColumnChooser columns={all} choice={choice} onChange={setChoice} />
      </div>
      <div
        ref={scroller}
        className={classes.scroll}
        role="treegrid"
        aria-label={props.label}
        aria-rowcount={shown.length + 1}
        aria-activedescendant={shown.length > 0 ? `${id}-row-${cursor}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div style={{ minWidth: total_px, width: '100%' }}>
          <GridHead
            columns={columnsShown.map(column => ({ ...column, sortable: false }))}
            widthOf={widthOf}
            sort={null}
            onSort={() => undefined}
            onWidth={(key, width) => setChoice({ ...choice, widths: { ...choice.widths, [key]: width } })}
          />
          <div className={classes.body} role="rowgroup" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, start }) => {
              const row = shown[index];
              if (!row) return null;
              const isParent = parents.has(row.row_no);
              const isOpen = Boolean(wanted) || isOpenIn(openness, row.row_no);
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the tree itself takes the keys
                <div
                  key={row.row_no}
                  id={`${id}-row-${index}`}
                  role="row"
                  aria-level={row.level + 1}
                  aria-rowindex={index + 2}
                  aria-expanded={isParent ? isOpen : undefined}
                  aria-selected={row.row_no === cursorNo}
                  className={[
                    classes.row,
                    row.row_no === cursorNo && classes.chosen,
                    index === cursor && classes.cursor,
                  ]
                    .filter(Boolean)
                    .join(' ')}
                  style={{ top: start, minWidth: total_px, width: '100%' }}
                  onClick={() => {
                    scroller.current?.focus({ preventScroll: true });
                    goTo(index);
                  }}
                  onDoubleClick={() => props.onOpen?.(row)}
                >
                  {columnsShown.map((column, at) => (
                    <div
                      key={column.key}
                      role="gridcell"
                      className={`${classes.cell} ${alignClass(column)}`}
                      style={{ width: widthOf(column) }}
                    >
                      {at === 0 && (
                        <Indent
                          level={row.level}
                          isParent={isParent}
                          isOpen={isOpen}
                          onToggle={() => setOpen(row.row_no, !isOpen)}
                          label={t(isOpen ? 'tree.collapse' : 'tree.expand')}
                        />
                      )}
                      {column.render ? (
                        column.render(row)
                      ) : (
                        <span className={classes.cellText} title={cellText(column, row)}>
                          {cellText(column, row)}
                        </span>
                      )}
                    </div>
                  ))}
                </div>
              );
            })}
          </div>
        </div>
        {shown.length === 0 &&
          (wanted ? (
            <EmptyState title={t('grid.no_match')} />
          ) : (
            (props.empty ?? <EmptyState title={t('grid.empty')} />)
          ))}
      </div>
    </div>
  );
}

function Indent(props: {
  level: number;
  isParent: boolean;
  isOpen: boolean;
  onToggle: () => void;
  label: string;
}) {
  const Icon = props.isOpen ? IconChevronDown : IconChevronRight;
  return (
    <>
      {Array.from({ length: Math.min(props.level, 20) }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the guides have no identity but their place
        <span key={at} className={classes.guide} aria-hidden />
      ))}
      {props.isParent ? (
        <button
          type="button"
          tabIndex={-1}
          className={classes.toggle}
          aria-label={props.label}
          onClick={event => {
            event.stopPropagation();
            props.onToggle();
          }}
        >
          <Icon size={15} />
        </button>
      ) : (
        <span className={classes.leaf} />
      )}
    </>
  );
}
