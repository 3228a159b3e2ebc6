import { useParams, useSearchParams } from 'react-router';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { Preview } from '../parts/Preview.tsx';
import { printTarget } from '../parts/print-target.ts';

/** `/print/:document?order=…|bom=…|po=…&paper=…&language=…` */
export default function PrintPreview() {
  const t = useTexts('printing');
  const { document } = useParams();
  const [search, setSearch] = useSearchParams();
  const target = printTarget(document, search);
  if (!target) return <EmptyState title={t('unknown_document')} />;
  const choose = (name: 'paper' | 'language') => (value: string) =>
    setSearch(
      held => {
        held.set(name, value);
        return held;
      },
      { replace: true },
    );
  return <Preview target={target} onPaper={choose('paper')} onLanguage={choose('language')} />;
}
