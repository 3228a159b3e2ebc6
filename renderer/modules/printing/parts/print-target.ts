import {
  type DocumentName,
  documentName,
  paper,
  textLanguage,
} from '../../../../preload/contract/document-data.ts';
import { type DocumentParams, documentParams } from '../../../../preload/contract/printing.ts';

export interface PrintTarget {
  document: DocumentName;
  params: DocumentParams;
  /** As chosen on the screen; left out until then. */
  look: { paper?: 'LETTER' | 'A4'; language?: 'en' | 'fr' | 'es' };
}

/** What an address like `/print/bom_tree?bom=…&paper=A4` asks for; null when there is no such document. */
export function printTarget(document: string | undefined, search: URLSearchParams): PrintTarget | null {
  const name = documentName.safeParse(document);
  const given = {
    order_id: search.get('order'),
    bom_id: search.get('bom'),
    order_number: search.get('po'),
    order_ids: search.get('builds')?.split(','),
    log_id: search.get('log'),
    plan_id: search.get('plan'),
    draft_id: search.get('draft'),
  };
  const params = documentParams.safeParse(
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null && value !== undefined)),
  );
  if (!name.success || !params.success || Object.keys(params.data).length === 0) return null;
  const chosenPaper = paper.safeParse(search.get('paper'));
  const chosenLanguage = textLanguage.safeParse(search.get('language'));
  return {
    document: name.data,
    params: params.data,
    look: {
      ...(chosenPaper.success && { paper: chosenPaper.data }),
      ...(chosenLanguage.success && { language: chosenLanguage.data }),
    },
  };
}
