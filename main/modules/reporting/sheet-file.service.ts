import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import {
  bomExport,
  catalogueExport,
  orderExport,
  workbookOffer,
} from '../../../preload/contract/reporting.ts';
import type { Reply } from '../../../preload/contract/rpc.ts';
import type { Download } from '../../platform/transfers.ts';
import type { CommandCtx, QueryCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { type Progress, recordExport, type SubjectOf, writeSubject } from './excel.service.ts';
import { bomSubject, catalogueSubject, ordersSubject } from './subjects.service.ts';

/** What of a station this needs. */
export interface SheetStation {
  runJob(session: string, path: string, input: unknown): Promise<Reply>;
  readonly transfers: { download(ticket: string): Download | undefined };
  readAsSystem<T>(run: (ctx: QueryCtx) => T): T;
  asSystem<T>(intent: string, run: (ctx: CommandCtx) => T): T;
}
const prepared =
  <Input>(schema: { parse(value: unknown): Input }, subjectOf: SubjectOf<Input>) =>
  (ctx: QueryCtx, params: unknown, out: string, progress: Progress) =>
    writeSubject(ctx, subjectOf, schema.parse(params), () => out, progress);
const SHEETS = {
  orders: { procedure: 'reporting.exportOrders', write: prepared(orderExport, ordersSubject) },
  bom: { procedure: 'reporting.exportBom', write: prepared(bomExport, bomSubject) },
  catalogue: { procedure: 'reporting.exportCatalogue', write: prepared(catalogueExport, catalogueSubject) },
};
export type SheetName = keyof typeof SHEETS;
export const sheetNames = ['orders', 'bom', 'catalogue'] as const satisfies readonly SheetName[];

/**
 * Writes a workbook to `out`, as the person of a session or as the program itself (`session` null), and records it.
 * `params` as in the contract of the export. Refuses what the export refuses.
 */
export async function writeSheetToFile(
  station: SheetStation,
  session: string | null,
  sheet: SheetName,
  params: Record<string, unknown>,
  out: string,
  progress: Progress = () => undefined,
): Promise<{ file: string; rows: number }> {
  const { procedure, write } = SHEETS[sheet];
  const file = path.resolve(out);
  if (session === null) {
    const made = await station.readAsSystem(ctx => write(ctx, params, file, progress));
    station.asSystem(procedure, ctx => recordExport(ctx, made, params));
    return { file, rows: made.rows };
  }
  const reply = await station.runJob(session, procedure, params);
  if (!reply.ok) return refuse(reply.error.code, reply.error.details);
  const offer = workbookOffer.parse(reply.value);
  const download = station.transfers.download(offer.ticket) ?? refuse('ticket_unknown');
  await copyFile(download.path, file);
  return { file, rows: offer.rows };
}
