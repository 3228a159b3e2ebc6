import { z } from 'zod';
import type { Reply } from '../../preload/contract/rpc.ts';
import { type DuePrint, keepPrint, nextDuePrint } from '../modules/printing/form-prints.service.ts';
import type { FileStore } from '../platform/file-store.ts';
import type { Log } from '../platform/log.ts';
import type { Transfers } from '../platform/transfers.ts';
import type { CommandCtx, ReadCtx } from '../rpc/context.ts';
import { FormPrints } from './form-prints.ts';

export interface KeepPorts {
  store: FileStore;
  transfers: Transfers;
  callAsSystem(procedure: string, input: unknown): Promise<Reply>;
  read<T>(run: (ctx: ReadCtx) => T): T;
  command<T>(intent: string, run: (ctx: CommandCtx) => T): T;
  log: Log;
}
const ticketed = z.looseObject({ ticket: z.string() });

/** Prints of signed forms by the same job as every PDF, kept in the station's own store. */
export const createFormPrints = (ports: KeepPorts): FormPrints<DuePrint> =>
  new FormPrints<DuePrint>({
    next: skipped => ports.read(ctx => nextDuePrint(ctx, skipped)),
    async print({ document, order_id, log_id }) {
      const params = document === 'qc_form' ? { order_id, log_id } : { order_id };
      const reply = await ports.callAsSystem('printing.renderPdf', { document, params, purpose: 'preview' });
      if (!reply.ok) throw new Error(reply.error.code);
      return ports.transfers.download(ticketed.parse(reply.value).ticket)?.path ?? '';
    },
    async keep(due, file) {
      const { sha256, size_bytes } = await ports.store.adopt(file);
      ports.command('printing.keepPrint', ctx =>
        keepPrint(ctx, due, { sha256, file_size_bytes: size_bytes }),
      );
    },
    log: ports.log,
  });
