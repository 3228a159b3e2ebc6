// biome-ignore-all lint/a11y/useSemanticElements: rows are laid out one by one, which table elements do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and points at its active row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid itself takes the keys
import { Checkbox, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { MouseEvent } from 'react';
import { Link } from 'react-router';
import { formatNumber } from './formats.ts';
import classes from './Grid.module.css';
import { alignClass, cellText, type GridColumn } from './grid-column.tsx';
import type { GridGroup } from './grid-groups.rules.ts';
import { useTexts } from './texts.ts';

interface Place {
  id: string;
  /** Line of the grid, from 0. */
  line: number;
  top: number;
  min_width: number;
  isCursor: boolean;
}
const lineStyle = ({ top, min_width }: Place) => ({ top, minWidth: min_width, width: '100%' });

interface RowProps<Row extends object> {
  place: Place;
  row: Row | undefined;
  /** Below the heading of a group. */
  isGrouped: boolean;
  /** Null in a list whose rows cannot be chosen. */
  isChosen: boolean | null;
  columns: GridColumn<Row>[];
  widthOf: (column: GridColumn<Row>) => number;
  href?: (row: Row) => string;
  timezone?: string;
  onClick: (event: MouseEvent) => void;
  onOpen: () => void;
  /** Opening is an action without an address: the first cell becomes its button. */
  hasAction: boolean;
  onToggle: () => void;
}
export function GridRow<Row extends object>(props: RowProps<Row>) {
  const { place, row, isChosen } = props;
  const t = useTexts('ui');
  return (
    <div
      id={place.id}
      role="row"
      aria-rowindex={place.line + 2}
      aria-level={props.isGrouped ? 2 : undefined}
      aria-selected={isChosen ?? undefined}
      className={[classes.row, isChosen && classes.chosen, place.isCursor && classes.cursor]
        .filter(Boolean)
        .join(' ')}
      style={lineStyle(place)}
      onClick={props.onClick}
      onDoubleClick={props.onOpen}
    >
      {isChosen !== null && (
        <div role="gridcell" className={classes.mark}>
          <Checkbox
            size="xs"
            tabIndex={-1}
            aria-label={t('grid.select')}
            checked={isChosen}
            onChange={props.onToggle}
            onClick={event => event.stopPropagation()}
          />
        </div>
      )}
      {props.columns.map((column, at) => (
        <div
          key={column.key}
          role="gridcell"
          className={`${classes.cell} ${alignClass(column)}`}
          style={{ width: props.widthOf(column) }}
        >
          {row && (
            <Cell
              column={column}
              row={row}
              to={at === 0 ? props.href?.(row) : undefined}
              onOpen={at === 0 && props.hasAction ? props.onOpen : undefined}
              timezone={props.timezone}
            />
          )}
        </div>
      ))}
    </div>
  );
}

interface GroupProps {
  place: Place;
  group: GridGroup;
  isOpen: boolean;
  onClick: () => void;
}
export function GridGroupLine({ place, group, isOpen, onClick }: GroupProps) {
  const t = useTexts('ui');
  const Icon = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <div
      id={place.id}
      role="row"
      aria-rowindex={place.line + 2}
      aria-level={1}
      aria-expanded={isOpen}
      className={`${classes.row} ${classes.group} ${place.isCursor ? classes.cursor : ''}`}
      style={lineStyle(place)}
      onClick={onClick}
    >
      <div role="gridcell" className={classes.groupTitle}>
        <Icon size={15} aria-hidden />
        <span className={classes.cellText}>{group.title}</span>
        <span className={classes.groupCount}>
          {t('grid.rows', { count: group.count, shown: formatNumber(group.count) })}
        </span>
      </div>
    </div>
  );
}

function Cell<Row extends object>({
  column,
  row,
  to,
  onOpen,
  timezone,
}: {
  column: GridColumn<Row>;
  row: Row;
  to?: string;
  onOpen: (() => void) | undefined;
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
  if (onOpen)
    return (
      <UnstyledButton
        tabIndex={-1}
        fz="inherit"
        className={`${classes.link} ${classes.cellText}`}
        onClick={event => {
          event.stopPropagation();
          onOpen();
        }}
        onDoubleClick={event => event.stopPropagation()}
      >
        {content}
      </UnstyledButton>
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
