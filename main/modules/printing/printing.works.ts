import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { eq } from 'drizzle-orm';
import { t } from '../../../db/sqlite/tables.ts';
import packageFile from '../../../package.json' with { type: 'json' };
import type { DocumentName, Paper, TextLanguage } from '../../../preload/contract/document-data.ts';
import type { DocumentParams } from '../../../preload/contract/printing.ts';
import { timeInZone } from '../../platform/days.ts';
import { recordHash, sealRecord } from '../../platform/sealed-record.ts';
import type { JobCtx, JobWork } from '../../rpc/handlers.ts';
import { refuse } from '../../rpc/refusal.ts';
import { actorOf } from '../identity/subjects.service.ts';
import { buildOf, plantFacts } from './document-facts.service.ts';
import { historyRecordOf } from './history-record.service.ts';
import { documentFileName, documentSheet, requireForm, type Wanted } from './printing.service.ts';
import { RECORD_FORMAT } from './record-check.rules.ts';

/** A document on its way: the HTML file that shows it and where its PDF goes. */
export interface MadeDocument {
  html_path: string;
  pdf_path: string;
  file_name: string;
  paper: Paper;
  language: TextLanguage;
  pages: number;
}
interface PrintBundle {
  renderDocument(name: DocumentName, data: unknown, look: { language: TextLanguage; paper: Paper }): string;
}

/** Data to HTML by the same components the preview shows. Refuses `print_parts_missing` when they are not built. */
export async function makeDocument(ctx: JobCtx, wanted: Wanted): Promise<MadeDocument> {
  requireFormOfUser(ctx, wanted.document);
  ctx.progress('collecting', 0, 3);
  const { content, paper, language, file_name } = documentSheet(ctx, wanted);
  ctx.progress('laying_out', 1, 3);
  const bundle = path.join(ctx.dist_folder, 'print/print.js');
  if (!existsSync(bundle)) refuse('print_parts_missing', { file: 'dist/print/print.js' });
  const { renderDocument }: PrintBundle = await import(pathToFileURL(bundle).href);
  const stem = path.join(ctx.work_folder, `document-${randomUUID()}`);
  const html_path = `${stem}.html`;
  writeFileSync(html_path, renderDocument(content.document, content.data, { language, paper }));
  ctx.progress('printing', 2, 3);
  return { html_path, pdf_path: `${stem}.pdf`, file_name, paper, language, pages: 0 };
}

/** A file that was written and waits to be fetched. */
export interface MadeFile {
  path: string;
  file_name: string;
  record_sha256: string;
}
/** The record of a build as a sealed text. */
async function makeHistoryRecord(
  ctx: JobCtx,
  params: Required<Pick<DocumentParams, 'order_id'>>,
): Promise<MadeFile> {
  requireFormOfUser(ctx, 'device_history_record');
  ctx.progress('collecting', 0, 1);
  const order = buildOf(ctx, params);
  const { timezone } = plantFacts(ctx, order.plant_id);
  const record = historyRecordOf(ctx, params);
  const file = path.join(ctx.work_folder, `record-${randomUUID()}.json`);
  const made = {
    at_ms: ctx.now_ms,
    at: `${timeInZone(ctx.now_ms, timezone)} ${timezone}`,
    by_name: ctx.actor.full_name,
    station_id: ctx.station_id,
    program: `${packageFile.productName} ${packageFile.version}`,
  };
  writeFileSync(file, sealRecord(RECORD_FORMAT, record, made));
  const file_name = documentFileName(ctx, 'device_history_record', order, 'json');
  return { path: file, file_name, record_sha256: recordHash(record) };
}

const VERIFIER = 'verify-record.mjs';
/** A copy, because a packed program has no file to hand out. */
async function copyVerifier(ctx: JobCtx): Promise<Omit<MadeFile, 'record_sha256'>> {
  const built = path.join(ctx.dist_folder, 'verify', VERIFIER);
  if (!existsSync(built)) refuse('print_parts_missing', { file: `dist/verify/${VERIFIER}` });
  const file = path.join(ctx.work_folder, `verifier-${randomUUID()}.mjs`);
  copyFileSync(built, file);
  return { path: file, file_name: VERIFIER };
}

/** A job thread carries no permissions along: they are read again, before anything is laid out or leaves. */
function requireFormOfUser(ctx: JobCtx, document: DocumentName): void {
  const user = ctx.db.select().from(t.users).where(eq(t.users.id, ctx.actor.user_id)).get();
  const { plant_id, is_person } = ctx.actor;
  const place = { plant_id, department_id: user?.department_id ?? null };
  const actor = is_person && user ? actorOf(ctx, user, place, { id: '', is_locked: false }) : ctx.actor;
  requireForm({ ...ctx, actor }, document);
}

/** Functions of this module that run in a job thread. */
export const printingWorks: Record<string, JobWork> = {
  'printing.document': makeDocument,
  'printing.historyRecord': makeHistoryRecord,
  'printing.recordVerifier': copyVerifier,
  'printing.printers': async () => ({ available: false, pdf_engine: null, printers: [] }),
};
