import { statSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import type { Id } from '../../../db/kit/columns.ts';
import { print_routes, printers } from '../../../db/schema/logistics.ts';
import { t } from '../../../db/sqlite/tables.ts';
import { type Density, LABEL_TYPES } from '../../../preload/contract/labels.ts';
import type {
  Destination,
  logistics,
  PrinterFacts,
  PrinterRow,
  RouteRow,
} from '../../../preload/contract/logistics.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import { sizeWords } from '../../printing/labels/size-words.rules.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { approvedTemplate } from './templates.service.ts';

type Input<P extends keyof typeof logistics> = ParsedInputOf<(typeof logistics)[P]>;
export type PrinterId = Id<'printers'>;
const UM = 1000;

type Stored = typeof t.printers.$inferSelect;
interface Counted {
  printer_id: string;
  waiting: number;
  sending: number;
  blocked: number;
  why: string | null;
  undecided: number;
}
const COUNTS = `select printer_id,
    sum(state = 'QUEUED') as waiting, sum(state = 'SENDING') as sending,
    sum(state = 'QUEUED' and state_code <> '') as blocked,
    max(iif(state = 'QUEUED', state_code, '')) as why,
    sum(state in ('UNKNOWN', 'FAILED')) as undecided
  from print_jobs where state in ('QUEUED', 'SENDING', 'UNKNOWN', 'FAILED') group by printer_id`;

function factsOf(row: Stored): PrinterFacts {
  return {
    printer_id: row.id,
    printer_name: row.printer_name,
    printer_kind: row.printer_kind,
    language: row.language,
    host: row.host,
    port: row.port,
    folder: row.folder,
    system_name: row.system_name,
    density_dpi: row.density_dpi === 300 ? 300 : 203,
    media_width_mm: row.media_width_um / UM,
    media_height_mm: row.media_height_um / UM,
    media_name: row.media_name,
    darkness: row.darkness,
    timeout_ms: row.timeout_ms,
    must_ask_state: row.must_ask_state,
    is_active: row.is_active,
    row_version: row.row_version,
  };
}
const shown = (row: Stored, counted: Counted | undefined): PrinterRow => ({
  ...factsOf(row),
  mark: markOf(row, counted),
  why: counted?.why ?? '',
  waiting: counted?.waiting ?? 0,
});
function markOf({ is_active }: Stored, counted: Counted | undefined): PrinterRow['mark'] {
  if (!is_active) return 'SWITCHED_OFF';
  if (counted && counted.undecided > 0) return 'NEEDS_DECISION';
  if (counted && counted.blocked > 0) return counted.why === 'printer_offline' ? 'OFFLINE' : 'BLOCKED';
  return counted && counted.sending > 0 ? 'SENDING' : 'READY';
}
export function printersOf(ctx: ReadCtx): PrinterRow[] {
  const counted = new Map(ctx.sql.all<Counted>(COUNTS).map(row => [row.printer_id, row]));
  return ctx.db
    .select()
    .from(t.printers)
    .all()
    .map(row => shown(row, counted.get(row.id)))
    .sort((a, b) => a.printer_name.localeCompare(b.printer_name));
}
const listedPrinter = (ctx: ReadCtx, id: string): PrinterRow =>
  printersOf(ctx).find(row => row.printer_id === id) ?? refuse('row_not_found', { table: 'printers', id });
/** Does not count what waits: it is asked for with every label of a run. */
export function printerWith(ctx: ReadCtx, id: string): PrinterFacts {
  const row = ctx.db
    .select()
    .from(t.printers)
    .where(eq(t.printers.id, id as PrinterId))
    .get();
  return row ? factsOf(row) : refuse('row_not_found', { table: 'printers', id });
}

const routes = (ctx: ReadCtx): RouteRow[] =>
  ctx.db
    .select()
    .from(t.print_routes)
    .all()
    .map(({ prints, printer_id, fallback_printer_id, template_code, copies, is_verified }) => ({
      prints,
      printer_id,
      fallback_printer_id,
      template_code,
      copies,
      is_verified,
    }));
export const listPrinters = (ctx: ReadCtx) => ({ printers: printersOf(ctx), routes: routes(ctx) });
export const routeOf = (ctx: ReadCtx, prints: string): RouteRow | null =>
  routes(ctx).find(route => route.prints === prints) ?? null;

const mediaOf = (ctx: ReadCtx, { media_name, media_width_mm, media_height_mm }: PrinterRow): string =>
  media_name || sizeWords(media_width_mm, media_height_mm, ctx.actor.locale);
/** The printer of the route, or its fall-back while that one is offline, cannot print, waits for a decision or is switched off. */
export function destinationOf(ctx: ReadCtx, prints: string): Destination | null {
  const route = routeOf(ctx, prints);
  if (!route) return null;
  const all = printersOf(ctx);
  const [main, spare] = [route.printer_id, route.fallback_printer_id].map(id =>
    all.find(row => row.printer_id === id),
  );
  const works = (row: PrinterRow | undefined) => row?.mark === 'READY' || row?.mark === 'SENDING';
  const chosen = works(main) || !works(spare) ? main : spare;
  if (!chosen) return null;
  return {
    printer_id: chosen.printer_id,
    printer_name: chosen.printer_name,
    mark: chosen.mark,
    media: mediaOf(ctx, chosen),
    is_fallback: chosen === spare,
    copies: route.copies,
    is_verified: route.is_verified,
  };
}
/** The density in which a label type is laid out where nothing says otherwise. */
export function densityFor(ctx: ReadCtx, prints: string): Density {
  const destination = destinationOf(ctx, prints);
  return destination ? printerWith(ctx, destination.printer_id).density_dpi : 203;
}

export function savePrinter(ctx: CommandCtx, input: Input<'savePrinter'>): PrinterRow {
  const { printer_id, row_version, media_width_mm, media_height_mm, ...rest } = input;
  const isTwin = printersOf(ctx).some(
    row =>
      row.printer_id !== printer_id && row.printer_name.toLowerCase() === rest.printer_name.toLowerCase(),
  );
  if (isTwin) refuse('printer_name_taken', { printer_name: rest.printer_name });
  checkAddress(rest);
  const values = {
    ...rest,
    language: rest.printer_kind === 'SYSTEM' ? ('PAGE' as const) : ('ZPL' as const),
    media_width_um: Math.round(media_width_mm * UM),
    media_height_um: Math.round(media_height_mm * UM),
  };
  const saved = printer_id
    ? ctx.update(printers, printer_id, values, row_version)
    : ctx.insert(printers, values);
  return listedPrinter(ctx, saved.id);
}
type Address = Pick<Input<'savePrinter'>, 'printer_kind' | 'host' | 'port' | 'folder' | 'system_name'>;
function checkAddress({ printer_kind, host, port, folder, system_name }: Address): void {
  if (printer_kind === 'TCP' && (host === '' || port === 0))
    refuse('printer_address_missing', { field: 'host' });
  if (printer_kind === 'SYSTEM' && system_name === '')
    refuse('printer_address_missing', { field: 'system_name' });
  if (printer_kind !== 'FOLDER') return;
  if (folder === '') refuse('printer_address_missing', { field: 'folder' });
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) refuse('folder_missing', { folder });
}

/** Only a printer nothing was ever sent to goes away; the others are switched off. */
export function removePrinter(ctx: CommandCtx, { printer_id }: Input<'removePrinter'>) {
  const { printer_name } = printerWith(ctx, printer_id);
  const used = ctx.sql.get<{ jobs: number }>('select count(*) as jobs from print_jobs where printer_id = ?', [
    printer_id,
  ]);
  if (used && used.jobs > 0) refuse('printer_in_use', { printer_name, count: used.jobs });
  for (const route of ctx.db.select().from(t.print_routes).all())
    if (route.printer_id === printer_id) ctx.remove(print_routes, route.id);
    else if (route.fallback_printer_id === printer_id)
      ctx.update(print_routes, route.id, { fallback_printer_id: null });
  ctx.remove(printers, printer_id);
  return {};
}

export function saveRoute(ctx: CommandCtx, input: Input<'saveRoute'>): RouteRow {
  printerWith(ctx, input.printer_id);
  if (input.fallback_printer_id === input.printer_id) refuse('route_fallback_same');
  if (input.fallback_printer_id) printerWith(ctx, input.fallback_printer_id);
  const label_type = LABEL_TYPES.find(type => type === input.prints);
  if (label_type && input.template_code) approvedTemplate(ctx, label_type, input.template_code);
  const held = ctx.db
    .select()
    .from(t.print_routes)
    .all()
    .find(route => route.prints === input.prints);
  if (held) ctx.update(print_routes, held.id, input);
  else ctx.insert(print_routes, input);
  return input;
}
export function removeRoute(ctx: CommandCtx, { prints }: Input<'removeRoute'>) {
  for (const route of ctx.db.select().from(t.print_routes).all())
    if (route.prints === prints) ctx.remove(print_routes, route.id);
  return {};
}
