import { randomUUID } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { eq } from 'drizzle-orm';
import { t } from '../../../db/sqlite/tables.ts';
import type { DocumentName, Paper, TextLanguage } from '../../../preload/contract/document-data.ts';
import type { JobCtx, JobWork } from '../../rpc/handlers.ts';
import { refuse } from '../../rpc/refusal.ts';
import { actorOf } from '../identity/session.service.ts';
import { documentSheet, requireForm, type Wanted } from './printing.service.ts';

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
async function makeDocument(ctx: JobCtx, wanted: Wanted): Promise<MadeDocument> {
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
  'printing.printers': async () => ({ available: false, pdf_engine: null, printers: [] }),
};
