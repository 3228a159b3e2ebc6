import type { PreviewContent } from '../../../../preload/contract/printing.ts';
import { type DocumentLook, documentHtml } from '../../../print/document-html.tsx';

/** The HTML of a previewed document, by the same components that make the PDF. */
export function contentHtml(content: PreviewContent, look: DocumentLook): string {
  switch (content.document) {
    case 'order_confirmation':
      return documentHtml(content.document, content.data, look);
    case 'bom_tree':
      return documentHtml(content.document, content.data, look);
    case 'bom_aggregated':
      return documentHtml(content.document, content.data, look);
    case 'pick_list':
      return documentHtml(content.document, content.data, look);
    case 'work_instructions':
      return documentHtml(content.document, content.data, look);
    case 'qc_form':
      return documentHtml(content.document, content.data, look);
    case 'test_report':
      return documentHtml(content.document, content.data, look);
    case 'qc_certificate':
      return documentHtml(content.document, content.data, look);
    case 'packing_list':
      return documentHtml(content.document, content.data, look);
    case 'device_history_record':
      return documentHtml(content.document, content.data, look);
  }
}
