/** What a person has changed about the columns of one list; everything else follows the declaration. */
export interface ColumnChoice {
  order: string[];
  hidden: string[];
  widths: Record<string, number>;
}
export const NO_CHOICE: ColumnChoice = { order: [], hidden: [], widths: {} };

interface Declared {
  key: string;
  hidden?: boolean;
}
/** All columns in the chosen order; columns that came later keep their declared place after their neighbour. */
export function orderedColumns<C extends Declared>(columns: readonly C[], choice: ColumnChoice): C[] {
  const known = choice.order.filter(key => columns.some(c => c.key === key));
  const result = known.flatMap(key => columns.filter(c => c.key === key));
  columns.forEach((column, at) => {
    if (known.includes(column.key)) return;
    const before = columns[at - 1];
    const place = before ? result.indexOf(before) + 1 : 0;
    result.splice(place, 0, column);
  });
  return result;
}
/** `hidden` of the choice holds the keys whose visibility differs from the declaration. */
export const isHidden = (column: Declared, choice: ColumnChoice): boolean =>
  Boolean(column.hidden) !== choice.hidden.includes(column.key);

export function movedColumn(keys: readonly string[], key: string, by: number): string[] {
  const from = keys.indexOf(key);
  const to = from + by;
  if (from < 0 || to < 0 || to >= keys.length) return [...keys];
  const next = keys.filter(k => k !== key);
  next.splice(to, 0, key);
  return next;
}

export interface GridSort {
  by: string;
  direction: 'asc' | 'desc';
}
/** The same column turns round, another one starts upwards. */
export function nextSort(sort: GridSort | null, by: string): GridSort {
  return { by, direction: sort?.by === by && sort.direction === 'asc' ? 'desc' : 'asc' };
}
/** Order for people: numbers by value, texts by language with digits as numbers; empty values last either way. */
export function sortRows<R>(
  rows: readonly R[],
  readValue: (row: R) => unknown,
  descending: boolean,
  language: string,
): R[] {
  const { compare } = new Intl.Collator(language, { numeric: true, sensitivity: 'base' });
  const isEmpty = (v: unknown) => v === null || v === undefined || v === '';
  const sign = descending ? -1 : 1;
  return rows
    .map((row, at) => ({ row, at, value: readValue(row) }))
    .sort((a, b) => {
      if (isEmpty(a.value) || isEmpty(b.value))
        return Number(isEmpty(a.value)) - Number(isEmpty(b.value)) || a.at - b.at;
      const order =
        typeof a.value === 'number' && typeof b.value === 'number'
          ? a.value - b.value
          : compare(String(a.value), String(b.value));
      return sign * order || a.at - b.at;
    })
    .map(({ row }) => row);
}

/** Where a key takes the cursor; undefined for any other key. */
export function cursorAfter(
  key: string,
  cursor: number,
  count: number,
  page_rows: number,
): number | undefined {
  const within = (at: number) => Math.max(0, Math.min(count - 1, at));
  switch (key) {
    case 'ArrowDown':
      return within(cursor + 1);
    case 'ArrowUp':
      return within(cursor - 1);
    case 'PageDown':
      return within(cursor + page_rows);
    case 'PageUp':
      return within(cursor - page_rows);
    case 'Home':
      return within(0);
    case 'End':
      return within(count - 1);
    default:
      return undefined;
  }
}

/** Rows for the clipboard as spreadsheets read them; a cell that holds a tab, a line end or a quote is quoted. */
export function toTsv(rows: readonly (readonly unknown[])[]): string {
  const cell = (value: unknown) => {
    const text = value === null || value === undefined ? '' : String(value);
    return /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map(row => row.map(cell).join('\t')).join('\n');
}
