import { z } from 'zod';
import { instant, integer, json, oneOf, ref, text } from '../kit/columns.ts';
import { defineTable, localOnly } from '../kit/define-table.ts';

/** A cell that a person corrected on screen; `row` and `column` count as in the file, from 1. */
export const cellEdit = z.object({ row: z.int(), column: z.int(), text: z.string() });

export const spreadsheet_imports = defineTable(
  'spreadsheet_imports',
  {
    user_id: ref('users'),
    import_kind: text(30),
    file_name: text(255),
    file_sha256: text(64),
    file_size_bytes: integer(0),
    mapping: json(z.record(z.string(), z.int())).about('column of the file by field, from 1'),
    edits: json(z.array(cellEdit)),
    state: oneOf('OPEN', 'APPLIED').default('OPEN'),
    counts: json(z.record(z.string(), z.int())).optional(),
    applied_at_ms: instant().optional(),
  },
  {
    row_is: 'A spreadsheet that a person is bringing in at this station, with its mapping and corrections.',
    sync: localOnly(),
    indexes: [['user_id', 'state', 'created_at_ms']],
    identified_by: 'file_name',
  },
);
