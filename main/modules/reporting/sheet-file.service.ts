import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { workbookOffer } from '../../../preload/contract/reporting.ts';
import type { Reply } from '../../../preload/contract/rpc.ts';
import type { Download } from '../../platform/transfers.ts';
import { refuse } from '../../rpc/refusal.ts';

/** What of a station this needs. */
export interface SheetStation {
  runJob(session: string, path: string, input: unknown): Promise<Reply>;
  callAsSystem(path: string, input: unknown): Promise<Reply>;
  readonly transfers: { download(ticket: string): Download | undefined };
}
export const sheetProcedures = {
  orders: 'reporting.exportOrders',
  bom: 'reporting.exportBom',
  catalogue: 'reporting.exportCatalogue',
} as const;
export type SheetName = keyof typeof sheetProcedures;

/**
 * Writes a workbook to `out`, as the person of a session or as the program itself (`session` null).
 * `params` as in the contract of the export. Refuses what the export refuses.
 */
export async function writeSheetToFile(
  station: SheetStation,
  session: string | null,
  sheet: SheetName,
  params: Record<string, unknown>,
  out: string,
): Promise<{ file: string; rows: number }> {
  const procedure = sheetProcedures[sheet];
  const reply = await (session === null
    ? station.callAsSystem(procedure, params)
    : station.runJob(session, procedure, params));
  if (!reply.ok) return refuse(reply.error.code, reply.error.details);
  const { ticket, rows } = workbookOffer.parse(reply.value);
  const made = station.transfers.download(ticket) ?? refuse('ticket_unknown');
  const file = path.resolve(out);
  await copyFile(made.path, file);
  return { file, rows };
}
