import { Group } from '@mantine/core';
import { useState } from 'react';
import { paper, textLanguage } from '../../../../preload/contract/document-data.ts';
import type { DocumentParams } from '../../../../preload/contract/printing.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { Preview } from '../../printing/parts/Preview.tsx';
import type { PrintTarget } from '../../printing/parts/print-target.ts';

/** The pages of the pack, or that the answers do not make a BOM yet. */
export function TrialPages({ params, isReady }: { params: DocumentParams; isReady: boolean }) {
  const t = useTexts('production');
  const [look, setLook] = useState<PrintTarget['look']>({});
  if (!isReady) return <EmptyState title={t('trial.not_ready')} text={t('trial.not_ready_text')} />;
  return (
    <Preview
      target={{ document: 'work_instructions', params, look }}
      onPaper={value => setLook(held => ({ ...held, paper: paper.parse(value) }))}
      onLanguage={value => setLook(held => ({ ...held, language: textLanguage.parse(value) }))}
      heading={tools => <Group>{tools}</Group>}
    />
  );
}
