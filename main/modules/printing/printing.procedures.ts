import type { printing } from '../../../preload/contract/printing.ts';
import { deliverPdf } from '../../printing/pdf-file.ts';
import type { Handlers } from '../../rpc/handlers.ts';
import { deliverToPrinter } from './printing.delivery.ts';
import { documentSheet, documentsFor, recordLeaving, requireForm } from './printing.service.ts';
import type { MadeDocument, MadeFile } from './printing.works.ts';
import { deliverSeveral, printSeveral } from './several.delivery.ts';
import type { MadeSeveral } from './several.works.ts';

export const printingProcedures: Handlers<typeof printing> = {
  documents: documentsFor,
  preview(ctx, wanted) {
    requireForm(ctx, wanted.document);
    return documentSheet(ctx, wanted);
  },
  renderPdf: {
    work: 'printing.document',
    deliver: (ports, made: MadeDocument) => deliverPdf(ports, made),
    finish(ctx, made: MadeDocument, wanted) {
      const { file_name, pages, paper, language } = made;
      recordLeaving(ctx, wanted.purpose === 'file' ? 'EXPORT' : 'READ', wanted, {
        file_name,
        pages,
        paper,
        language,
      });
      const ticket = ctx.offerDownload({
        path: made.pdf_path,
        name: file_name,
        mime_type: 'application/pdf',
      });
      return { ticket, file_name, pages };
    },
  },
  renderSeveral: {
    work: 'printing.several',
    deliver: (ports, made: MadeSeveral) => deliverSeveral(ports, made),
    finish(ctx, { parts, left_out, pdf_path, file_name, pages }: MadeSeveral, { document }) {
      for (const { order_id, paper, language } of parts)
        recordLeaving(ctx, 'EXPORT', { document, params: { order_id } }, { file_name, paper, language });
      const ticket = ctx.offerDownload({ path: pdf_path, name: file_name, mime_type: 'application/pdf' });
      return { ticket, file_name, pages, builds: parts.length, left_out };
    },
  },
  printSeveral: {
    work: 'printing.several',
    deliver: (ports, made: MadeSeveral, { printer }) => printSeveral(ports, made, printer),
    finish(ctx, { parts, left_out, stopped }: MadeSeveral, { document, printer }) {
      for (const { order_id, paper, language } of parts)
        recordLeaving(ctx, 'PRINT', { document, params: { order_id } }, { printer, paper, language });
      return { builds: parts.length, left_out, stopped };
    },
  },
  historyRecord: {
    work: 'printing.historyRecord',
    finish(ctx, { path, file_name, record_sha256 }: MadeFile, { order_id }) {
      const wanted = { document: 'device_history_record' as const, params: { order_id } };
      recordLeaving(ctx, 'EXPORT', wanted, { file_name, record_sha256 });
      return {
        ticket: ctx.offerDownload({ path, name: file_name, mime_type: 'application/json' }),
        file_name,
        record_sha256,
      };
    },
  },
  recordVerifier: {
    work: 'printing.recordVerifier',
    finish: (ctx, { path, file_name }: MadeFile) => ({
      ticket: ctx.offerDownload({ path, name: file_name, mime_type: 'text/javascript' }),
      file_name,
    }),
  },
  print: {
    work: 'printing.document',
    deliver: (ports, made: MadeDocument, { printer, silent }) =>
      deliverToPrinter(ports, made, { printer, silent }),
    finish(ctx, { file_name, paper, language }: MadeDocument, wanted) {
      recordLeaving(ctx, 'PRINT', wanted, {
        printer: wanted.printer ?? '',
        silent: wanted.silent,
        paper,
        language,
      });
      return { file_name };
    },
  },
  printers: {
    work: 'printing.printers',
    deliver: async ports => ({
      available: ports.printers !== null,
      pdf_engine: ports.pdf?.name ?? null,
      printers: (await ports.printers?.list()) ?? [],
    }),
    finish: (_ctx, found) => found,
  },
  recordBrowserPrint(ctx, wanted) {
    requireForm(ctx, wanted.document);
    const { file_name, paper, language } = documentSheet(ctx, wanted);
    recordLeaving(ctx, 'PRINT', wanted, { by: 'browser', paper, language });
    return { file_name };
  },
};
