// biome-ignore-all lint/a11y/useSemanticElements: rows are laid out one by one, which table elements do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and points at its active row
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useRef } from 'react';
import classes from './Grid.module.css';
import type { GridSort } from './grid.rules.ts';
import { alignClass, type GridColumn } from './grid-column.tsx';

interface Props<Row> {
  columns: GridColumn<Row>[];
  widthOf: (column: GridColumn<Row>) => number;
  sort: GridSort | null;
  onSort: (key: string) => void;
  onWidth: (key: string, width: number) => void;
  marker?: React.ReactNode;
}
const MIN_WIDTH = 48;

/** Sticky column heads: a click sorts, the right edge changes the width. */
export function GridHead<Row>({ columns, widthOf, sort, onSort, onWidth, marker }: Props<Row>) {
  return (
    <div role="row" aria-rowindex={1} className={classes.head}>
      {marker}
      {columns.map(column => {
        const sorted =
          sort?.by === column.key ? (sort.direction === 'desc' ? 'descending' : 'ascending') : undefined;
        const width = widthOf(column);
        return (
          <div
            key={column.key}
            role="columnheader"
            aria-sort={sorted}
            className={`${classes.headCell} ${alignClass(column)}`}
            style={{ width }}
          >
            {column.sortable === false ? (
              <span title={column.title}>{column.title}</span>
            ) : (
              <button type="button" className={alignClass(column)} onClick={() => onSort(column.key)}>
                <span title={column.title}>{column.title}</span>
                {sorted === 'ascending' && <IconArrowUp size={13} aria-hidden />}
                {sorted === 'descending' && <IconArrowDown size={13} aria-hidden />}
              </button>
            )}
            <ResizeEdge width={width} onWidth={next => onWidth(column.key, next)} />
          </div>
        );
      })}
    </div>
  );
}

function ResizeEdge({ width, onWidth }: { width: number; onWidth: (width: number) => void }) {
  const from = useRef<{ x: number; width: number } | null>(null);
  return (
    <div
      aria-hidden
      className={classes.resize}
      onPointerDown={event => {
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { x: event.clientX, width };
      }}
      onPointerMove={event => {
        if (from.current) onWidth(Math.max(MIN_WIDTH, from.current.width + event.clientX - from.current.x));
      }}
      onPointerUp={() => {
        from.current = null;
      }}
    />
  );
}
