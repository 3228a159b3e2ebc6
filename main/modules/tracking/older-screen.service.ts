import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import {
  MOST_OLDER_MB,
  OLDER_MAY_BE_ABSENT,
  OLDER_TABLE_NAMES,
  type OlderCheck,
  type olderTracking,
} from '../../../preload/contract/older-tracking.ts';
import type { OutputOf, ParsedInputOf } from '../../../preload/contract/rpc.ts';
import { createFileStore } from '../../platform/file-store.ts';
import { foldersOf } from '../../platform/station-folder.ts';
import type { CommandCtx } from '../../rpc/context.ts';
import type { JobCtx } from '../../rpc/handlers.ts';
import { refuse } from '../../rpc/refusal.ts';
import { olderFiles } from './older-files.ts';
import { bringMasters, bringMovements, type Masters, placesOf, unfit } from './older-import.service.ts';
import {
  addTo,
  compared,
  dryCounts,
  type GroupSum,
  hereAlready,
  mastersOf,
  movementsOf,
} from './older-import.ts';
import type { OlderRow, OlderSource } from './older-source.rules.ts';

type Input<P extends keyof typeof olderTracking> = ParsedInputOf<(typeof olderTracking)[P]>;
const MOST_BYTES = MOST_OLDER_MB * 1024 * 1024;
const KEPT_MS = 24 * 60 * 60_000;
const FOLDER = 'older-';
const PIECE = 200;

const folderOf = (data_folder: string, import_id: string): string =>
  path.join(foldersOf(data_folder).work, FOLDER + import_id);

export function prepareOlderUpload(ctx: CommandCtx, { size_bytes }: Input<'prepareOlderUpload'>) {
  if (size_bytes > MOST_BYTES) refuse('file_too_large', { max_mb: MOST_OLDER_MB });
  return { ticket: ctx.expectUpload(MOST_BYTES) };
}

/** The files hold password hashes: they lie in a folder of their own, not among the documents, and go at the end. */
export function beginOlder(ctx: CommandCtx, { files }: Input<'beginOlder'>) {
  const given = files.map(({ table, ticket }) => ({ table, sha256: ctx.received(ticket).sha256 }));
  const names = OLDER_TABLE_NAMES.filter(name => !OLDER_MAY_BE_ABSENT.includes(name));
  const missing = names.find(name => !given.some(({ table }) => table === name));
  if (missing) refuse('older_table_missing', { file: `${missing}.csv` });
  putAwayOld(ctx);
  const import_id = ctx.newId('older_import');
  const folder = folderOf(ctx.data_folder, import_id);
  mkdirSync(folder, { mode: 0o700 });
  const store = createFileStore(foldersOf(ctx.data_folder).files);
  for (const { table, sha256 } of given) {
    copyFileSync(store.pathOf(sha256), path.join(folder, `${table}.csv`));
    const isDocument = ctx.sql.get('select 1 from file_uploads where sha256 = ?', [sha256]) !== undefined;
    if (!isDocument) rmSync(store.pathOf(sha256), { force: true });
  }
  return { import_id };
}
function putAwayOld(ctx: CommandCtx): void {
  const { work } = foldersOf(ctx.data_folder);
  for (const name of readdirSync(work)) {
    const folder = path.join(work, name);
    if (name.startsWith(FOLDER) && statSync(folder).mtimeMs < ctx.now_ms - KEPT_MS)
      rmSync(folder, { recursive: true, force: true });
  }
}
export function endOlder(ctx: CommandCtx, { import_id }: Input<'endOlder'>) {
  rmSync(folderOf(ctx.data_folder, import_id), { recursive: true, force: true });
  return {};
}

function sourceOf(ctx: JobCtx, { import_id, source_name }: Input<'checkOlder'>): OlderSource {
  const folder = folderOf(ctx.data_folder, import_id);
  if (!existsSync(folder)) refuse('older_import_unknown');
  return olderFiles(folder, source_name);
}

/** What is in the files, what of it is here, and whether the balances agree. Runs in a job thread. */
export async function checkOlder(ctx: JobCtx, input: Input<'checkOlder'>): Promise<OlderCheck> {
  const source = sourceOf(ctx, input);
  const masters = await mastersOf(source);
  const { places } = placesOf(ctx, source.name, masters);
  const movements: OlderCheck['movements'] = { in_source: 0, here: 0, left_out: {} };
  const sums = new Map<string, GroupSum>();
  for await (const rows of movementsOf(source)) {
    movements.in_source += rows.length;
    for (const row of rows) {
      const why = unfit(row, places);
      if (why) movements.left_out[why] = (movements.left_out[why] ?? 0) + 1;
      else {
        addTo(sums, row);
        if (hereAlready(ctx, source.name, row)) movements.here += 1;
      }
    }
    ctx.progress('reading', movements.in_source, 0);
  }
  const { counts } = dryCounts(ctx, source.name, masters);
  return { ...counts, movements, balances: compared(ctx, [...sums.values()], masters, places) };
}

export interface ReadOlder {
  name: string;
  masters: Masters;
  /** Files with rows of movements, in their order. */
  pieces: string[];
  created: OutputOf<typeof olderTracking.applyOlder>;
}
/** Reads and checks every row before the first is written. Runs in a job thread. */
export async function readOlder(ctx: JobCtx, input: Input<'applyOlder'>): Promise<ReadOlder> {
  const source = sourceOf(ctx, input);
  const masters = await mastersOf(source);
  const pieces: string[] = [];
  let read = 0;
  for await (const rows of movementsOf(source)) {
    for (let at = 0; at < rows.length; at += PIECE) {
      const file = path.join(ctx.work_folder, `movements-${pieces.length}.json`);
      writeFileSync(file, JSON.stringify(rows.slice(at, at + PIECE)));
      pieces.push(file);
    }
    read += rows.length;
    ctx.progress('reading', read, 0);
  }
  const created = { departments: 0, work_centers: 0, users: 0, movements: 0 };
  return { name: source.name, masters, pieces, created };
}

/** People and places first, then the movements piece by piece; what was brought before is left alone, so a cut is no harm. */
export function olderSlices({ name, masters, pieces, created }: ReadOlder): ((ctx: CommandCtx) => void)[] {
  const places = (ctx: CommandCtx) => placesOf(ctx, name, masters).places;
  return [
    ctx => {
      const counts = bringMasters(ctx, name, masters);
      created.departments = counts.departments.created;
      created.work_centers = counts.work_centers.created;
      created.users = counts.users.created;
    },
    ...pieces.map(file => (ctx: CommandCtx) => {
      const rows: OlderRow<'production_orders'>[] = JSON.parse(readFileSync(file, 'utf8'));
      created.movements += bringMovements(ctx, name, rows, places(ctx)).created;
    }),
  ];
}
export function finishOlder(ctx: CommandCtx, { name, pieces, created }: ReadOlder) {
  for (const file of pieces) rmSync(file, { force: true });
  ctx.record({
    action: 'IMPORT',
    category: 'import',
    entity_type: 'order_movements',
    entity_identifier: name,
    metadata: created,
  });
  return created;
}
