import packageFacts from '../../../package.json' with { type: 'json' };
import type { ExportLayout, LayoutSheet } from '../../../preload/contract/reporting.ts';
import { timeInZone } from '../../platform/days.ts';
import { dataRows } from '../../platform/sheet.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { markBomExported } from '../bom/exported.service.ts';
import type { CellNotes } from './cells.rules.ts';
import { fileName } from './cells.rules.ts';
import { type Fact, infoSheet } from './info.sheets.ts';
import { laidOut } from './layout.rules.ts';
import { type SheetTexts, sheetTexts } from './sheet-texts.rules.ts';
import type { Subject } from './subjects.service.ts';
import type { Paper } from './workbook-look.rules.ts';

export type SubjectOf<Input> = (ctx: ReadCtx, input: Input, texts: SheetTexts) => Subject;
export interface Look {
  format: 'xlsx' | 'csv';
  layout: ExportLayout | null;
}
const AS_IT_IS: Look = { format: 'xlsx', layout: null };
export type Progress = (phase: string, done: number, total: number) => void;
/** A workbook that lies in a file, and what the audit trail says about it. */
export interface WrittenWorkbook {
  path: string;
  file_name: string;
  rows: number;
  entity: Subject['entity'];
}
interface Place {
  plant_name: string;
  timezone: string;
  paper_size: Paper;
}

/** Writes the sheets of a subject and the sheet "Info"; `pathOf` says where, given the file name. */
export async function writeSubject<Input>(
  ctx: ReadCtx,
  subjectOf: SubjectOf<Input>,
  input: Input,
  pathOf: (file_name: string) => string,
  progress: Progress,
  { format, layout }: Look = AS_IT_IS,
): Promise<WrittenWorkbook> {
  const texts = sheetTexts(ctx.actor.locale);
  const place = placeOf(ctx);
  const subject = subjectOf(ctx, input, texts);
  const [first, ...others] = subject.sheets;
  const sheets = first ? [laidOut(first, layout), ...others] : [];
  const workbook_name = subject.file_name ?? fileName(subject.name, timeInZone(ctx.now_ms, place.timezone));
  const file_name = format === 'csv' ? workbook_name.replace(/\.xlsx$/, '.csv') : workbook_name;
  const file = pathOf(file_name);
  if (format === 'csv' && sheets[0]) {
    const [sheet] = sheets;
    const total = sheet.row_count;
    const told = { texts, zone: place.timezone, progress: (done: number) => progress('rows', done, total) };
    const { writeCsv } = await import('./csv.service.ts');
    await writeCsv(sheet, told, file);
    return { path: file, file_name, rows: total, entity: subject.entity };
  }
  const rows = dataRows(sheets);
  const facts = [...subject.facts, ...factsOf(ctx, texts, place, rows)];
  // Loaded by the job alone: the Excel library would cost every start 100 ms.
  const { writeWorkbook } = await import('./workbook.service.ts');
  const written = await writeWorkbook(
    {
      sheets,
      closing: notes => infoSheet([...facts, ...noteFacts(texts, notes)]),
      texts,
      zone: place.timezone,
      paper: place.paper_size,
      user: ctx.actor.full_name,
      at_ms: ctx.now_ms,
      progress,
    },
    file,
  );
  return { path: file, file_name, rows: written.rows, entity: subject.entity };
}

function placeOf(ctx: ReadCtx): Place {
  const sql = 'select plant_name, timezone, paper_size from plants where id = ?';
  return (
    ctx.sql.get<Place>(sql, [ctx.actor.plant_id]) ?? { plant_name: '', timezone: 'UTC', paper_size: 'LETTER' }
  );
}

function factsOf(ctx: ReadCtx, texts: SheetTexts, place: Place, rows: number): Fact[] {
  const local = timeInZone(ctx.now_ms, place.timezone);
  const fact = (key: string, value: string, values?: Record<string, string>): Fact => ({
    label: texts.fact(key, values),
    value,
  });
  return [
    fact('rows', String(rows)),
    fact('plant', place.plant_name),
    fact('user', `${ctx.actor.full_name} (${ctx.actor.username})`),
    fact('local_time', local, { zone: place.timezone }),
    fact('utc_time', new Date(ctx.now_ms).toISOString().slice(0, 19).concat('Z')),
    fact('complete_to', completeTo(ctx, texts, place)),
    fact('program', `${packageFacts.productName} ${packageFacts.version}`),
  ];
}
/** A station of a centre holds what the others had sent by its last exchange; one on its own holds all there is. */
function completeTo(ctx: ReadCtx, texts: SheetTexts, place: Place): string {
  const held = (key: string) =>
    ctx.sql.get<{ value: string }>('select value from sync_state where key = ?', [key])?.value;
  const time = (at_ms: number) => timeInZone(at_ms, place.timezone);
  if (held('centre') === undefined) return texts.fact('this_station', { time: time(ctx.now_ms) });
  const at_ms = held('complete_to_ms');
  return texts.fact('centre', { time: at_ms === undefined ? '–' : time(Number(at_ms)) });
}
const noteFacts = (texts: SheetTexts, notes: CellNotes): Fact[] => [
  ...(notes.replaced > 0 ? [{ label: texts.fact('replaced'), value: String(notes.replaced) }] : []),
  ...(notes.cut > 0 ? [{ label: texts.fact('cut'), value: String(notes.cut) }] : []),
];

/** The export as the audit trail keeps it. An exported BOM draft is not edited in place any more. */
export function recordExport(ctx: CommandCtx, made: WrittenWorkbook, input: Record<string, unknown>): void {
  ctx.record({
    action: 'EXPORT',
    category: 'export',
    entity_type: made.entity.type,
    entity_id: made.entity.id,
    entity_identifier: made.entity.identifier,
    metadata: { file_name: made.file_name, rows: made.rows, selection: selectionOf(input) },
  });
  if (made.entity.type === 'bom_headers' && made.entity.id !== null) markBomExported(ctx, made.entity.id);
}
/** Long lists of chosen rows are kept as their lengths. */
const selectionOf = ({ ids, except, ...rest }: Record<string, unknown>): Record<string, unknown> => ({
  ...rest,
  ...(Array.isArray(ids) && { selected: ids.length }),
  ...(Array.isArray(except) && { deselected: except.length }),
});

const MIME_TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};
export function offerWorkbook(ctx: CommandCtx, made: WrittenWorkbook, input: Record<string, unknown>) {
  recordExport(ctx, made, input);
  const ticket = ctx.offerDownload({
    path: made.path,
    name: made.file_name,
    mime_type: MIME_TYPES[made.file_name.endsWith('.csv') ? 'csv' : 'xlsx'],
  });
  return { ticket, file_name: made.file_name, rows: made.rows };
}

export function exportColumns(ctx: ReadCtx, { sheet }: { sheet: LayoutSheet }) {
  const texts = sheetTexts(ctx.actor.locale);
  return { columns: texts.columns(sheet).map(key => ({ key, heading: texts.heading(sheet, key) })) };
}
