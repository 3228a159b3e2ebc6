import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Id } from '../../../db/kit/columns.ts';
import type { Paper, TextLanguage } from '../../../preload/contract/document-data.ts';
import type { SeveralDocument } from '../../../preload/contract/printing.ts';
import { timeInZone } from '../../platform/days.ts';
import type { JobCtx, JobWork } from '../../rpc/handlers.ts';
import { isRefusal, refuse } from '../../rpc/refusal.ts';
import { type OrderRow, orderRow } from '../orders/order-rows.service.ts';
import { plantFacts } from './document-facts.service.ts';
import { formOf } from './document-forms.service.ts';
import { documentFileName } from './printing.service.ts';
import { type MadeDocument, makeDocument } from './printing.works.ts';

export interface SeveralWanted {
  document: SeveralDocument;
  order_ids: Id<'orders'>[];
  paper?: Paper | undefined;
  language?: TextLanguage | undefined;
}
interface Place {
  order_number: string;
  build_number: string;
}
export interface LeftOut extends Place {
  code: string;
  details: Record<string, unknown>;
}
/** The documents of the builds, laid out and waiting for their pages. */
export interface MadeSeveral {
  parts: (MadeDocument & Place & { title: string; order_id: Id<'orders'> })[];
  left_out: LeftOut[];
  /** The build at which the printer stopped; those before it are on paper. */
  stopped: LeftOut | null;
  pdf_path: string;
  file_name: string;
  pages: number;
}

/** Lays out every build there is such a document of; refuses as the first one did when there is none at all. */
async function makeSeveral(ctx: JobCtx, wanted: SeveralWanted): Promise<MadeSeveral> {
  const { document, paper, language } = wanted;
  const quiet = { ...ctx, progress: () => undefined };
  const parts: MadeSeveral['parts'] = [];
  const left_out: LeftOut[] = [];
  const orders = ordersOf(ctx, wanted);
  for (const [at, order] of orders.entries()) {
    ctx.progress('laying_out', at, orders.length);
    const { order_number, build_number } = order;
    try {
      const made = await makeDocument(quiet, { document, params: { order_id: order.id }, paper, language });
      const title = titleOf(ctx, document, order);
      parts.push({ ...made, order_number, build_number, title, order_id: order.id });
    } catch (error) {
      if (!isRefusal(error) || error.code === 'not_allowed') throw error;
      left_out.push({ order_number, build_number, code: error.code, details: error.details });
    }
  }
  const [first] = orders;
  const [refused] = left_out;
  if (parts.length === 0 || !first)
    refuse(refused?.code ?? 'document_params_missing', refused?.details ?? { missing: 'order_ids' });
  return {
    parts,
    left_out,
    stopped: null,
    pdf_path: path.join(ctx.work_folder, `documents-${randomUUID()}.pdf`),
    file_name:
      parts.length === 1 ? (parts[0]?.file_name ?? '') : fileNameOf(ctx, document, first, parts.length),
    pages: 0,
  };
}

/** In the order of a shelf: by order, then build; a paper of the whole order once. */
function ordersOf(ctx: JobCtx, { document, order_ids }: SeveralWanted): OrderRow[] {
  const key = (o: OrderRow) => [o.order_number, o.build_number].join('\0');
  const orders = [...new Set(order_ids)]
    .map(id => orderRow(ctx, id))
    .sort((a, b) => (key(a) < key(b) ? -1 : 1));
  if (formOf(ctx, document).subject === 'build') return orders;
  return orders.filter((order, at) => order.order_number !== orders[at - 1]?.order_number);
}
const titleOf = (ctx: JobCtx, document: SeveralDocument, { order_number, build_number }: OrderRow): string =>
  formOf(ctx, document).subject === 'order' ? order_number : `${order_number} ${build_number}`;

/** `Instructions_12-builds_2026-11-20_1432.pdf` */
function fileNameOf(ctx: JobCtx, document: SeveralDocument, first: OrderRow, count: number): string {
  const { timezone } = plantFacts(ctx, first.plant_id);
  const at = timeInZone(ctx.now_ms, timezone).replace(' ', '_').replace(':', '');
  const [word] = documentFileName(ctx, document, first, 'pdf').split(`_${first.order_number}`);
  return `${word}_${count}-builds_${at}.pdf`;
}

export const severalWorks: Record<string, JobWork> = { 'printing.several': makeSeveral };
