import {
  DOCUMENT_NAMES,
  type DocumentName,
  type Paper,
  type TextLanguage,
} from '../../../preload/contract/document-data.ts';
import type { DocumentParams, PreviewContent } from '../../../preload/contract/printing.ts';
import { timeInZone } from '../../platform/days.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { headerRow } from '../bom/bom-rows.service.ts';
import { canPick } from '../bom/pick-list.service.ts';
import { updateBom } from '../catalogue/bom-store.service.ts';
import { plantOf } from '../catalogue/plant.service.ts';
import { activeModel } from '../catalogue/product-models.service.ts';
import type { OrderRow } from '../orders/order-rows.service.ts';
import { latestResult } from '../quality/results.service.ts';
import {
  bomOfBuild,
  buildOf,
  buildsMeant,
  buildsPicked,
  type DocumentCtx,
  plantFacts,
} from './document-facts.service.ts';
import { formOf } from './document-forms.service.ts';
import { documentSources, SHOWS_BOM } from './document-registry.ts';
import { isReleased } from './quality-documents.service.ts';

export interface Wanted {
  document: DocumentName;
  params: DocumentParams;
  paper?: Paper | undefined;
  language?: TextLanguage | undefined;
}
/** A document as it leaves: what it is about and how it looks. */
export interface DocumentSheet {
  content: PreviewContent;
  paper: Paper;
  language: TextLanguage;
  form_id: string;
  form_version: string;
  file_name: string;
}
const LANGUAGES: Record<'EN' | 'FR' | 'SP', TextLanguage> = { EN: 'en', FR: 'fr', SP: 'es' };
const FILE_WORDS: Record<DocumentName, string> = {
  order_confirmation: 'Confirmation',
  bom_tree: 'BOM',
  bom_aggregated: 'BOM_totals',
  pick_list: 'Pick_list',
  work_instructions: 'Instructions',
  qc_form: 'QC',
  test_report: 'Test',
  qc_certificate: 'Certificate',
  packing_list: 'Packing',
  device_history_record: 'Record',
};

/** What can be printed of the record at hand, by what the reader may see. */
export function documentsFor(ctx: ReadCtx, { params }: { params: DocumentParams }) {
  const isBuild = params.order_id !== undefined || params.bom_id !== undefined;
  if (isBuild) buildOf(ctx, params);
  else buildsMeant(ctx, params);
  const documents = DOCUMENT_NAMES.filter(name => {
    const form = formOf(ctx, name);
    return (
      permissionsOf(ctx, name).every(permission => ctx.actor.may(permission)) &&
      (isBuild || form.subject === 'order') &&
      isAvailable(ctx, name, params)
    );
  });
  return {
    documents: documents.map(document => {
      const { form_id, form_version } = formOf(ctx, document);
      return { document, form_id, form_version, params };
    }),
  };
}

/** Papers of quality exist once there is an inspection to print. */
function isAvailable(ctx: ReadCtx, document: DocumentName, params: DocumentParams): boolean {
  switch (document) {
    case 'pick_list':
      return canPick(ctx, buildOf(ctx, params).id);
    case 'qc_form':
      return params.log_id !== undefined || params.plan_id !== undefined;
    case 'test_report':
      return params.order_id !== undefined && latestResult(ctx, params.order_id, 'TEST')?.is_signed === true;
    case 'qc_certificate':
      return params.order_id !== undefined && isReleased(ctx, params.order_id);
    case 'packing_list':
      return params.order_id !== undefined && latestResult(ctx, params.order_id, 'PACKAGING') !== null;
    default:
      return true;
  }
}

/** Data of a document with its paper and language. Whoever calls checks the permission of the form. */
export function documentSheet(
  ctx: DocumentCtx,
  { document, params, paper, language }: Wanted,
): DocumentSheet {
  const { plant_id, document_language, record } = subjectOf(ctx, document, params);
  const plant = plantFacts(ctx, plant_id);
  const wantedPaper = ctx.setting('print.paperSize');
  const content = contentOf(ctx, document, params);
  return {
    content,
    paper: paper ?? (wantedPaper === 'PLANT' ? plant.paper_size : wantedPaper),
    language: language ?? LANGUAGES[document_language],
    // A quality form carries the number of its own form.
    form_id: content.data.frame.form_id,
    form_version: content.data.frame.form_version,
    file_name: fileNameOf(ctx, document, plant.timezone, record, 'pdf'),
  };
}
/** What a document is of: a build, a whole order, or answers that belong to no build. */
interface Subject {
  plant_id: string;
  document_language: OrderRow['document_language'];
  /** As it stands in the name of a file. */
  record: string;
}
function subjectOf(ctx: ReadCtx, document: DocumentName, params: DocumentParams): Subject {
  const { example } = params;
  if (example && isExample({ document, params })) {
    const { family, document_language } = example;
    return { plant_id: plantOf(ctx), document_language, record: `example-${family}` };
  }
  const order = orderMeant(ctx, { document, params });
  const { plant_id, document_language } = order;
  const record = safeName(recordName(ctx, document, order)) + together(params.order_ids?.length);
  return { plant_id, document_language, record };
}
const isExample = ({ document, params }: Pick<Wanted, 'document' | 'params'>): boolean =>
  document === 'work_instructions' && params.example !== undefined;
const recordName = (ctx: ReadCtx, document: DocumentName, order: OrderRow): string =>
  formOf(ctx, document).subject === 'order'
    ? order.order_number
    : `${order.order_number}_${order.build_number}`;
const together = (builds = 1): string => (builds > 1 ? `_x${builds}` : '');
/** `QC_PO-4587_BUILD-001_2026-11-20_1432.pdf`: what it is, of which record, when at the plant. */
export function documentFileName(
  ctx: ReadCtx,
  document: DocumentName,
  order: OrderRow,
  extension: 'pdf' | 'json',
): string {
  const { timezone } = plantFacts(ctx, order.plant_id);
  return fileNameOf(ctx, document, timezone, safeName(recordName(ctx, document, order)), extension);
}
function fileNameOf(
  ctx: ReadCtx,
  document: DocumentName,
  timezone: string,
  record: string,
  extension: 'pdf' | 'json',
): string {
  const at = timeInZone(ctx.now_ms, timezone).replace(' ', '_').replace(':', '');
  return `${FILE_WORDS[document]}_${record}_${at}.${extension}`;
}
function contentOf(ctx: DocumentCtx, document: DocumentName, params: DocumentParams): PreviewContent {
  switch (document) {
    case 'order_confirmation':
      return { document, data: documentSources.order_confirmation(ctx, params) };
    case 'bom_tree':
      return { document, data: documentSources.bom_tree(ctx, params) };
    case 'bom_aggregated':
      return { document, data: documentSources.bom_aggregated(ctx, params) };
    case 'pick_list':
      return { document, data: documentSources.pick_list(ctx, params) };
    case 'work_instructions':
      return { document, data: documentSources.work_instructions(ctx, params) };
    case 'qc_form':
      return { document, data: documentSources.qc_form(ctx, params) };
    case 'test_report':
      return { document, data: documentSources.test_report(ctx, params) };
    case 'qc_certificate':
      return { document, data: documentSources.qc_certificate(ctx, params) };
    case 'packing_list':
      return { document, data: documentSources.packing_list(ctx, params) };
    case 'device_history_record':
      return { document, data: documentSources.device_history_record(ctx, params) };
  }
}
/** Letters of any script, digits, dash and dot; the rest would trouble some file system. */
const safeName = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}.-]+/gu, '-')
    .slice(0, 80);

/** Refuses `not_allowed` when the reader may not see this form. */
export function requireForm(ctx: ReadCtx, document: DocumentName): void {
  const permission = permissionsOf(ctx, document).find(needed => !ctx.actor.may(needed));
  if (permission) refuse('not_allowed', { permission });
}
/** The record of a build shows the forms of the quality department and those of production. */
const permissionsOf = (ctx: ReadCtx, document: DocumentName): string[] => [
  formOf(ctx, document).permission,
  ...(document === 'device_history_record' ? ['production_checks:read'] : []),
];

/** The record that a document left: who, which form, of what, in which look. */
export function recordLeaving(
  ctx: CommandCtx,
  action: 'PRINT' | 'EXPORT' | 'READ',
  wanted: Wanted,
  facts: Record<string, unknown>,
): void {
  if (wanted.document === 'pick_list')
    for (const order of buildsPicked(ctx, wanted.params)) recordOne(ctx, action, wanted, order, facts);
  else if (isExample(wanted)) recordExample(ctx, action, wanted, facts);
  else recordOne(ctx, action, wanted, orderMeant(ctx, wanted), facts);
}
function orderMeant(ctx: ReadCtx, { document, params }: Pick<Wanted, 'document' | 'params'>): OrderRow {
  const { subject } = formOf(ctx, document);
  return subject === 'order' ? (buildsMeant(ctx, params)[0] ?? buildOf(ctx, params)) : buildOf(ctx, params);
}
function recordOne(
  ctx: CommandCtx,
  action: 'PRINT' | 'EXPORT' | 'READ',
  wanted: Wanted,
  order: OrderRow,
  facts: Record<string, unknown>,
): void {
  const { form_id, form_version, subject } = formOf(ctx, wanted.document);
  ctx.record({
    action,
    category: 'documents',
    entity_type: 'orders',
    entity_id: order.id,
    entity_identifier:
      subject === 'order' ? order.order_number : `${order.order_number} ${order.build_number}`,
    metadata: { document: wanted.document, form: `${form_id}.${form_version}`, ...facts },
  });
  if (!SHOWS_BOM.has(wanted.document) || action === 'READ') return;
  // A BOM that left the house is not edited any more: the next edit makes a new version.
  const bom_id = bomOfBuild(ctx, order, wanted.params.bom_id);
  if (bom_id && headerRow(ctx, bom_id).exported_at_ms === null)
    updateBom(ctx, bom_id, { exported_at_ms: ctx.now_ms });
}
/** A pack of no build is told of the draft it shows, else of the product model whose answers it took. */
function recordExample(
  ctx: CommandCtx,
  action: 'PRINT' | 'EXPORT' | 'READ',
  { document, params: { example, draft_id } }: Wanted,
  facts: Record<string, unknown>,
): void {
  const { form_id, form_version } = formOf(ctx, document);
  const family = example?.family ?? '';
  const entity = draft_id
    ? { entity_type: 'work_instructions', entity_id: draft_id }
    : { entity_type: 'product_models', entity_id: activeModel(ctx, family).product_model_id };
  ctx.record({
    action,
    category: 'documents',
    ...entity,
    entity_identifier: family,
    metadata: { document, form: `${form_id}.${form_version}`, ...facts, is_example: true },
  });
}
