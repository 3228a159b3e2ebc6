import type { AsBuiltRow } from '../../../preload/contract/traceability.ts';
import { defineSheet, type Sheet } from '../../platform/sheet.ts';

/** The BOM as it was built: numbers are text, several of one row are separated by commas. */
export function asBuiltSheet(rows: readonly AsBuiltRow[], decimals: (row: AsBuiltRow) => number): Sheet {
  return defineSheet<AsBuiltRow>({
    id: 'as_built',
    row_count: rows.length,
    rows: () => rows,
    level: r => r.level,
    columns: [
      { key: 'level', kind: 'integer', width: 8, value: r => r.level },
      { key: 'item_id', kind: 'text', width: 30, value: r => r.item_id, indent: r => r.level },
      { key: 'name', kind: 'text', width: 40, value: r => r.name },
      { key: 'total_quantity_e6', kind: 'quantity', width: 14, value: r => r.total_quantity_e6, decimals },
      { key: 'uom_code', kind: 'text', width: 9, value: r => r.uom_code },
      { key: 'needs_serial', kind: 'boolean', width: 12, value: r => r.needs_serial },
      {
        key: 'serial_numbers',
        kind: 'text',
        width: 34,
        value: r => r.serials.map(serial => serial.serial_number).join(', ') || null,
      },
      {
        key: 'batch_numbers',
        kind: 'text',
        width: 24,
        value: r => r.batches.map(batch => batch.batch_number).join(', ') || null,
      },
      {
        key: 'captured_by',
        kind: 'text',
        width: 24,
        value: r =>
          [...new Set([...r.serials, ...r.batches].map(found => found.captured_by_name))].join(', ') || null,
      },
    ],
  });
}
