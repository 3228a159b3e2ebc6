import type { DataOfDocument, DocumentName } from '../../preload/contract/document-data.ts';
import type { DocumentTexts } from './document-texts.ts';

/** A document is a function of its data and the words of its language; no state, no clicks. */
export interface DocumentProps<N extends DocumentName> {
  data: DataOfDocument[N];
  texts: DocumentTexts;
}
