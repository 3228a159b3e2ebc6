import type { DocumentName } from '../../../preload/contract/document-data.ts';
import type { ReadCtx } from '../../rpc/context.ts';

/** What a form is called on paper and who may see it. A change of layout or wording raises the version. */
export interface DocumentForm {
  form_id: string;
  form_version: string;
  permission: string;
  /** Of which record it is: the whole order, or one build. */
  subject: 'order' | 'build';
}

const documentForms: Record<DocumentName, DocumentForm> = {
  order_confirmation: {
    form_id: 'MW-F-101',
    form_version: 'V01',
    permission: 'orders:read',
    subject: 'order',
  },
  bom_tree: { form_id: 'MW-F-201', form_version: 'V01', permission: 'order_boms:read', subject: 'build' },
  bom_aggregated: {
    form_id: 'MW-F-202',
    form_version: 'V01',
    permission: 'order_boms:read',
    subject: 'build',
  },
  pick_list: { form_id: 'MW-F-203', form_version: 'V01', permission: 'order_boms:read', subject: 'build' },
  work_instructions: {
    form_id: 'MW-F-301',
    form_version: 'V01',
    permission: 'work_instructions:read',
    subject: 'build',
  },
  qc_form: { form_id: 'MW-F-401', form_version: 'V01', permission: 'orders:read', subject: 'build' },
  test_report: {
    form_id: 'MW-F-402',
    form_version: 'V01',
    permission: 'production_checks:read',
    subject: 'build',
  },
  qc_certificate: {
    form_id: 'MW-F-403',
    form_version: 'V01',
    permission: 'inspections:read',
    subject: 'build',
  },
  packing_list: { form_id: 'MW-F-404', form_version: 'V01', permission: 'orders:read', subject: 'build' },
  device_history_record: {
    form_id: 'MW-F-405',
    form_version: 'V01',
    permission: 'inspections:read',
    subject: 'build',
  },
};

export const shippedForms = (): Record<DocumentName, DocumentForm> => documentForms;

type Named = Pick<DocumentForm, 'form_id' | 'form_version'>;
const NEWEST =
  'select form_number as form_id, form_version from document_forms where document_name = ? order by valid_from_at_ms desc, id desc limit 1';
/** The number and version of the register, else those the program ships with. */
export function formInForce<Form extends Named>(ctx: ReadCtx, document: DocumentName, shipped: Form): Form {
  return { ...shipped, ...ctx.sql.get<Named>(NEWEST, [document]) };
}
export const formOf = (ctx: ReadCtx, document: DocumentName): DocumentForm =>
  formInForce(ctx, document, documentForms[document]);
