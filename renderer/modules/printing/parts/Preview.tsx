import { Alert, Badge, Stack } from '@mantine/core';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { download } from '../../../rpc/client.ts';
import { useAsk, useCommand, useJob } from '../../../rpc/hooks.ts';
import { JobProgress } from '../../../ui/JobProgress.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { useRoutedPrinter } from '../../logistics/parts/use-routed-printer.ts';
import { ExcelButton } from '../../reporting/parts/ExcelButton.tsx';
import { contentHtml } from './content-html.ts';
import { PreviewToolbar, type View } from './PreviewToolbar.tsx';
import type { PrintTarget } from './print-target.ts';
import { usePages } from './use-pages.ts';

const FRAME = { width: '100%', flex: 1, minHeight: 360, border: 0, background: '#cfd2d6' } as const;
interface PreviewProps {
  target: PrintTarget;
  onPaper: (paper: string) => void;
  onLanguage: (language: string) => void;
  /** Stands in the place of the page's own head where the preview is a part of another screen. */
  heading?: (tools: ReactNode) => ReactNode;
}

/** Paper on grey: the exact pages where this computer can make them, otherwise the same document to read. */
export function Preview({ target, onPaper, onLanguage, heading }: PreviewProps) {
  const t = useTexts('printing');
  const { document: name, params } = target;
  const preview = useAsk('printing.preview', { document: name, params });
  const printers = useJob('printing.printers');
  const file = useJob('printing.renderPdf');
  const paperJob = useJob('printing.print');
  const browserPrint = useCommand('printing.recordBrowserPrint');
  const [view, setView] = useState<View | null>(null);
  const [chosen, setPrinter] = useState<string | null>();
  const reading = useRef<HTMLIFrameElement>(null);
  const { start: findPrinters } = printers;
  useEffect(() => void findPrinters({}), [findPrinters]);

  const outputs = printers.state.kind === 'done' ? printers.state.value : undefined;
  const routed = useRoutedPrinter(name);
  const isThere = outputs?.printers.some(one => one.name === routed) ?? false;
  const printer = chosen === undefined && isThere ? routed : (chosen ?? null);
  const hasEngine = outputs !== undefined && outputs.pdf_engine !== null;
  const canShowPages = hasEngine && navigator.pdfViewerEnabled;
  const shown: View = canShowPages ? (view ?? 'pages') : 'reading';
  const pages = usePages(target, shown === 'pages');
  // There to read while the pages are being made, or when they could not be made.
  const isReading = shown === 'reading' || pages.shown === null;
  const answer = preview.data;
  const paper = target.look.paper ?? answer?.paper ?? 'LETTER';
  const language = target.look.language ?? answer?.language ?? 'en';
  const html = useMemo(
    () => (answer ? contentHtml(answer.content, { paper, language }) : ''),
    [answer, paper, language],
  );

  const save = async () => {
    const made = await file.start({ document: name, params, ...target.look });
    if (made) download(made.ticket);
  };
  const print = async () => {
    if (outputs?.available) {
      await paperJob.start({ document: name, params, ...target.look, printer, silent: printer !== null });
      return;
    }
    await browserPrint.run({ document: name, params, ...target.look });
    reading.current?.contentWindow?.print();
  };
  const phaseText = (phase: string) => t(`phases.${phase}`);
  const isBusy = file.state.kind === 'running' || paperJob.state.kind === 'running' || !answer;
  const frame = answer?.content.data.frame;
  const picked = answer?.content.document === 'pick_list' ? answer.content.data : null;
  const subject = frame ? [frame.order_number, frame.build_number].filter(Boolean).join(' · ') : '';
  const tools = (
    <PreviewToolbar
      view={shown}
      onView={setView}
      can_show_pages={canShowPages}
      paper={paper}
      onPaper={onPaper}
      language={language}
      onLanguage={onLanguage}
      printers={outputs?.printers ?? []}
      printer={printer}
      onPrinter={setPrinter}
      onPrint={() => void print()}
      onSave={() => void save()}
      can_save={hasEngine}
      busy={isBusy}
    />
  );
  return (
    <Stack gap="sm" h={heading && '100%'} style={{ flex: 1, minHeight: 0 }}>
      {heading ? (
        heading(tools)
      ) : (
        <PageHeader
          title={t('title', { document: t(`documents.${name}`), subject })}
          status={answer && <Badge variant="default">{`${answer.form_id}.${answer.form_version}`}</Badge>}
          actions={
            <>
              {picked && (
                <ExcelButton
                  path="reporting.exportPickList"
                  input={{ order_ids: picked.builds.map(({ order_id }) => order_id) }}
                  rows={picked.lines.length}
                />
              )}
              {tools}
            </>
          }
        />
      )}
      <RefusalNotice failure={preview.error ?? browserPrint.failure} />
      <JobProgress state={file.state} onCancel={file.cancel} phaseText={phaseText} />
      <JobProgress state={paperJob.state} onCancel={paperJob.cancel} phaseText={phaseText} />
      {outputs && !hasEngine && <Alert>{t('no_engine')}</Alert>}
      {shown === 'pages' && <JobProgress state={pages.state} onCancel={pages.cancel} phaseText={phaseText} />}
      {shown === 'pages' && pages.shown && (
        <iframe title={t('pages_title', { pages: pages.shown.pages })} src={pages.shown.url} style={FRAME} />
      )}
      {html && (
        <iframe
          ref={reading}
          title={t('reading_title')}
          srcDoc={html}
          // No scripts inside; same origin and modals so that the print dialog opens for the frame alone.
          sandbox="allow-same-origin allow-modals"
          style={isReading ? FRAME : { position: 'absolute', width: 0, height: 0, border: 0 }}
          aria-hidden={!isReading}
          tabIndex={isReading ? 0 : -1}
        />
      )}
    </Stack>
  );
}
