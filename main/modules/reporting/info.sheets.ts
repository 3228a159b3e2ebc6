import { defineSheet, type Sheet } from '../../platform/sheet.ts';

export interface Fact {
  label: string;
  value: string;
}
/** What the workbook is: content, filter, who, when, how complete. */
export const infoSheet = (facts: readonly Fact[]): Sheet =>
  defineSheet<Fact>({
    id: 'info',
    row_count: facts.length,
    rows: () => facts,
    columns: [
      { key: 'fact', kind: 'text', width: 34, value: f => f.label },
      { key: 'value', kind: 'text', width: 70, value: f => f.value },
    ],
  });
