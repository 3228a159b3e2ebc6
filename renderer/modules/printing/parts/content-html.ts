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
    case 'work_instructions':
      return documentHtml(content.document, content.data, look);
  }
}
