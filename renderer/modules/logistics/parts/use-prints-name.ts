import { documentName } from '../../../../preload/contract/document-data.ts';
import { useTexts } from '../../../ui/texts.ts';

/** Names what a printer prints: a kind of label, or a document as its preview calls it. */
export function usePrintsName(): (prints: string) => string {
  const labels = useTexts('logistics');
  const documents = useTexts('printing');
  return prints =>
    documentName.safeParse(prints).success ? documents(`documents.${prints}`) : labels(`types.${prints}`);
}
