import type { ReactNode } from 'react';
import { formatDay, formatInstant, formatNumber, formatQuantity } from './formats.ts';
import classes from './Grid.module.css';

export interface GridColumn<Row> {
  key: string;
  title: string;
  width?: number;
  align?: 'left' | 'right' | 'center';
  /** `number` is plain, `quantity` in millionths, `day` and `instant` as dates; decides format and alignment. */
  kind?: 'text' | 'number' | 'quantity' | 'day' | 'instant' | 'badge';
  /** What is sorted, shown and copied; by default the row's member of the same name. */
  value?: (row: Row) => unknown;
  render?: (row: Row) => ReactNode;
  sortable?: boolean;
  /** Not shown until chosen. */
  hidden?: boolean;
}
export const DEFAULT_WIDTH = 140;
const RIGHT: GridColumn<unknown>['kind'][] = ['number', 'quantity'];

export function cellValue<Row extends object>(column: GridColumn<Row>, row: Row): unknown {
  if (column.value) return column.value(row);
  const held: unknown = Object.getOwnPropertyDescriptor(row, column.key)?.value;
  return held;
}
export function cellText<Row extends object>(column: GridColumn<Row>, row: Row, zone?: string): string {
  const value = cellValue(column, row);
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') {
    if (column.kind === 'quantity') return formatQuantity(value);
    if (column.kind === 'instant') return formatInstant(value, zone);
    if (column.kind === 'number') return formatNumber(value, 6);
  }
  return column.kind === 'day' ? formatDay(String(value)) : String(value);
}
export function alignClass<Row>(column: GridColumn<Row>): string {
  const align = column.align ?? (RIGHT.includes(column.kind) ? 'right' : 'left');
  if (align === 'right') return classes.right ?? '';
  if (align === 'center') return classes.center ?? '';
  return column.kind === 'day' || column.kind === 'instant' ? (classes.tabular ?? '') : '';
}
export async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}
