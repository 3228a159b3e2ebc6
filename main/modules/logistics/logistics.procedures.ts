import type { logistics } from '../../../preload/contract/logistics.ts';
import { deliverPdf } from '../../printing/pdf-file.ts';
import type { Handlers } from '../../rpc/handlers.ts';
import { labelsFor, previewLabels } from './labels.service.ts';
import type { MadeSheets } from './logistics.works.ts';
import { finishRun, printLabels, runSlices } from './print-labels.service.ts';
import { listPrinters, removePrinter, removeRoute, savePrinter, saveRoute } from './printers.service.ts';
import { cancelJob, confirmJob, listQueue, retryJob } from './queue.service.ts';
import { cancelSlices, finishCancel } from './queue-run.service.ts';
import { getLabel, printTestLabel, printTestPage, reprintJob } from './reprint.service.ts';
import { finishResume, resumeSlices } from './resume.service.ts';
import { recordScan, resolveScan } from './scans.service.ts';
import { previewTemplate } from './template-preview.service.ts';
import {
  approveTemplate,
  copyTemplate,
  getTemplate,
  listTemplates,
  saveTemplate,
} from './templates.service.ts';
import { verifyJob } from './verify.service.ts';

export const logisticsProcedures: Handlers<typeof logistics> = {
  resolveScan,
  recordScan,
  labelsFor,
  previewLabels,
  printLabels,
  printRun: { work: 'logistics.layOutRun', slices: runSlices, finish: finishRun },
  renderSheets: {
    work: 'logistics.sheets',
    deliver: (ports, made: MadeSheets) => deliverPdf(ports, made),
    finish(ctx, { pdf_path, file_name, pages, labels }: MadeSheets, { label_type, stock }) {
      ctx.record({
        action: 'EXPORT',
        category: 'labels',
        entity_type: 'label_templates',
        entity_identifier: label_type,
        metadata: { file_name, pages, labels, paper: stock.paper },
      });
      const ticket = ctx.offerDownload({ path: pdf_path, name: file_name, mime_type: 'application/pdf' });
      return { ticket, file_name, pages };
    },
  },
  listQueue,
  retryJob,
  confirmJob,
  cancelJob,
  cancelBatch: { deliver: async () => ({ cancelled: 0 }), slices: cancelSlices, finish: finishCancel },
  reprintJob,
  resumeBatch: { work: 'logistics.layOutResume', slices: resumeSlices, finish: finishResume },
  verifyJob,
  listPrinters,
  savePrinter,
  removePrinter,
  printerState: { work: 'logistics.askPrinter', finish: (_ctx, told) => told },
  printTestPage,
  saveRoute,
  removeRoute,
  listTemplates,
  getTemplate,
  previewTemplate,
  saveTemplate,
  copyTemplate,
  approveTemplate,
  printTestLabel,
  getLabel,
};
