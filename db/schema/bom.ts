import { id, instant, json, ref, text } from '../kit/columns.ts';
import { appendOnly, defineTable } from '../kit/define-table.ts';
import { localText } from './local-text.ts';

export const bom_warning_acknowledgements = defineTable(
  'bom_warning_acknowledgements',
  {
    plant_id: ref('plants'),
    bom_header_id: id<'bom_headers'>().about('no reference: a draft BOM may be removed, what was read stays'),
    rule: text(20).about('rule of the product model that warns'),
    place: text(200).default('').about('the answer it warns about; empty: the build'),
    message: json(localText).optional().about('the warning as it was read'),
    acknowledged_by: ref('users'),
    acknowledged_at_ms: instant(),
    note: text(500).optional(),
  },
  {
    row_is: 'A person read a warning of a BOM before it was approved.',
    sync: appendOnly('plant'),
    indexes: [['bom_header_id']],
    identified_by: 'rule',
  },
);
