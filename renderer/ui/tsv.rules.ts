/** Rows as Excel takes them from the clipboard. A cell with a tab, line break or quote is quoted. */
export function toTsv(rows: readonly (readonly (string | number | null | undefined)[])[]): string {
  return rows.map(row => row.map(cell).join('\t')).join('\n');
}
function cell(value: string | number | null | undefined): string {
  const text = value === null || value === undefined ? '' : String(value);
  return /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
