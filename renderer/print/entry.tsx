import { type DocumentName, documentData, documentName } from '../../preload/contract/document-data.ts';
import { type DocumentLook, documentHtml } from './document-html.tsx';

/** Entry of the bundle that prints outside a window: data in, HTML text out. */
export function renderDocument(name: DocumentName, data: unknown, look: DocumentLook): string {
  switch (documentName.parse(name)) {
    case 'order_confirmation':
      return documentHtml('order_confirmation', documentData.order_confirmation.parse(data), look);
    case 'bom_tree':
      return documentHtml('bom_tree', documentData.bom_tree.parse(data), look);
    case 'bom_aggregated':
      return documentHtml('bom_aggregated', documentData.bom_aggregated.parse(data), look);
    case 'pick_list':
      return documentHtml('pick_list', documentData.pick_list.parse(data), look);
    case 'work_instructions':
      return documentHtml('work_instructions', documentData.work_instructions.parse(data), look);
    case 'qc_form':
      return documentHtml('qc_form', documentData.qc_form.parse(data), look);
    case 'test_report':
      return documentHtml('test_report', documentData.test_report.parse(data), look);
    case 'qc_certificate':
      return documentHtml('qc_certificate', documentData.qc_certificate.parse(data), look);
    case 'packing_list':
      return documentHtml('packing_list', documentData.packing_list.parse(data), look);
    case 'device_history_record':
      return documentHtml('device_history_record', documentData.device_history_record.parse(data), look);
  }
}

export { labelPage, labelSheets } from './label-sheets.ts';
