import path from 'node:path';
import type { imports } from '../../../preload/contract/imports.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import { defineSheet, type Sheet } from '../../platform/sheet.ts';
import type { JobCtx } from '../../rpc/handlers.ts';
import { writeSubject } from '../reporting/excel.service.ts';
import type { SheetTexts } from '../reporting/sheet-texts.rules.ts';
import type { Subject } from '../reporting/subjects.service.ts';
import { requireKind } from './import-files.service.ts';
import type { ImportField, ImportKind } from './import-kind.ts';
import { kindNamed } from './kinds.ts';

type Input = ParsedInputOf<typeof imports.template>;
const WIDTH = 20;

export function templateJob(ctx: JobCtx, input: Input) {
  requireKind(ctx, input.kind);
  const subject = (_ctx: unknown, { kind }: Input, texts: SheetTexts): Subject =>
    templateOf(kindNamed(kind), texts);
  return writeSubject(ctx, subject, input, name => path.join(ctx.work_folder, name), ctx.progress);
}

function templateOf(kind: ImportKind<unknown>, texts: SheetTexts): Subject {
  const name = texts.title(kind.sheet);
  return {
    name: texts.fact('template_name', { name }),
    sheets: [emptySheet(kind), columnsSheet(kind, texts)],
    facts: [{ label: texts.fact('content'), value: texts.fact('template_name', { name }) }],
    entity: { type: 'spreadsheet_imports', id: null, identifier: kind.kind },
  };
}
const emptySheet = (kind: ImportKind<unknown>): Sheet =>
  defineSheet<never>({
    id: kind.sheet,
    row_count: 0,
    rows: () => [],
    columns: kind.fields.map(({ key, kind: cell }) => ({ key, kind: cell, width: WIDTH, value: () => null })),
  });
/** What belongs in each column. */
const columnsSheet = (kind: ImportKind<unknown>, texts: SheetTexts): Sheet =>
  defineSheet<ImportField>({
    id: 'import_columns',
    row_count: kind.fields.length,
    rows: () => kind.fields,
    columns: [
      { key: 'heading', kind: 'text', width: 26, value: f => texts.heading(kind.sheet, f.key) },
      { key: 'is_required', kind: 'boolean', width: 12, value: f => f.is_required ?? false },
      { key: 'cell', kind: 'text', width: 16, value: f => f.kind, words: 'cell_kind' },
      { key: 'choices', kind: 'text', width: 50, value: f => choicesOf(f, texts) },
      { key: 'example', kind: 'text', width: 24, value: f => f.example || null },
    ],
  });
const choicesOf = ({ choices, words }: ImportField, texts: SheetTexts): string | null =>
  choices?.map(code => (words === undefined ? code : (texts.words(words)[code] ?? code))).join(', ') ?? null;
