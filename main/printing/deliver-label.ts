import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PrinterFacts } from '../../preload/contract/logistics.ts';
import type { Sending } from '../modules/logistics/queue.service.ts';
import type { Printers } from '../platform/ports.ts';
import { sendToFolder } from './delivery/folder.ts';
import type { DeliveryOutcome } from './delivery/outcome.ts';
import { sendToSystem } from './delivery/system.ts';
import { sendTcp } from './delivery/tcp.ts';
import { askState } from './delivery/zpl-state.ts';

export interface LabelPorts {
  printers: Printers | null;
  work_folder: string;
  dist_folder: string;
}
type NotReached = Extract<DeliveryOutcome, { kind: 'not_reached' }>;
interface LabelBundle {
  labelPage(label: string, copies: number): string;
}

/** A printer that tells its state gets nothing while it could not print it. */
async function whyNot(printer: PrinterFacts): Promise<DeliveryOutcome | null> {
  const answer = await askState(printer);
  const not = (code: NotReached['code'], detail: string): NotReached => ({
    kind: 'not_reached',
    code,
    detail,
  });
  switch (answer.kind) {
    case 'told': {
      const [first] = answer.troubles;
      return first ? not(first, '') : null;
    }
    case 'silent':
      return not('printer_silent', answer.detail);
    case 'not_reached':
      return not('printer_offline', answer.detail);
  }
}

/** One job to its printer, by the way that printer is reached. */
export async function deliverLabel(job: Sending, ports: LabelPorts): Promise<DeliveryOutcome> {
  const { printer, content, copies } = job;
  switch (printer.printer_kind) {
    case 'TCP':
      return (printer.must_ask_state && (await whyNot(printer))) || sendTcp(content, printer);
    case 'FOLDER':
      return sendToFolder(content, printer.folder, `${job.job_id}.zpl`);
    case 'SYSTEM': {
      const bundle = path.join(ports.dist_folder, 'print/print.js');
      if (!existsSync(bundle))
        return { kind: 'failed', code: 'printer_unavailable', detail: 'dist/print/print.js' };
      const { labelPage }: LabelBundle = await import(pathToFileURL(bundle).href);
      const to = { printer: printer.system_name, work_folder: ports.work_folder, name: job.job_id };
      return sendToSystem(labelPage(content, copies), ports.printers, to);
    }
  }
}
