import type { Id } from '../../../db/kit/columns.ts';
import type { bom } from '../../../preload/contract/bom.ts';
import type { LocalizedText } from '../../../preload/contract/product-model.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { updateBom } from '../catalogue/bom-store.service.ts';
import { type CompiledModel, diffConfigurations } from '../catalogue/product-model.rules.ts';
import { modelById } from '../catalogue/product-models.service.ts';
import { labelAnswer, labelChange } from './answer-labels.rules.ts';
import { configurationAt, headerOf, headerRow, headersOf, orderFacts } from './bom-rows.service.ts';
import { compareBoms } from './diff.rules.ts';
import { comparable, countsOf } from './generation.service.ts';
import { aggregatedLines, storedTop, storedTree, treeTotals } from './tree.service.ts';

type Input<P extends keyof typeof bom> = ParsedInputOf<(typeof bom)[P]>;

interface VersionFigures {
  bom_id: string;
  rows: number;
  manual_lines: number;
  change_summary: string | null;
}
const FIGURES = `select h.id as bom_id, h.change_summary, (select count(*) from bom_lines l where l.bom_header_id = h.id) as rows,
  (select count(*) from bom_lines l where l.bom_header_id = h.id and l.is_manual = 1) as manual_lines
  from bom_headers h where h.order_id = ? and h.scope = 'ORDER'`;

/** Every version of a build's BOM, newest first. */
export function bomVersions(ctx: ReadCtx, order_id: string) {
  const figures = new Map(ctx.sql.all<VersionFigures>(FIGURES, [order_id]).map(row => [row.bom_id, row]));
  return headersOf(ctx, order_id).map(header => {
    const { rows = 0, manual_lines = 0, change_summary = null } = figures.get(header.bom_id) ?? {};
    const changes = change_summary === null ? null : countsOf(JSON.parse(change_summary));
    return { ...headerOf(header), rows, manual_lines, changes };
  });
}
export function listVersions(ctx: ReadCtx, { order_id }: Input<'versions'>) {
  orderFacts(ctx, order_id);
  return { versions: bomVersions(ctx, order_id) };
}

/** The whole tree of one version with its totals; for screens, sheets and documents alike. */
export function bomTree(ctx: ReadCtx, bom_id: string) {
  const header = headerOf(headerRow(ctx, bom_id));
  const rows = storedTree(ctx, bom_id);
  return { header, rows, totals: treeTotals(rows) };
}
/** What a closed tree shows, so that a screen need not wait for rows nobody has opened yet. */
export function topOfBom(ctx: ReadCtx, bom_id: string) {
  return { header: headerOf(headerRow(ctx, bom_id)), ...storedTop(ctx, bom_id) };
}
export function aggregatedBom(ctx: ReadCtx, bom_id: string) {
  const { header, rows, totals } = bomTree(ctx, bom_id);
  return { header, lines: aggregatedLines(rows), totals };
}

/** The rules behind a line with the answers they read, and the way from the top-level line down to it. */
export function explainLine(ctx: ReadCtx, { bom_id, line_id }: Input<'explainLine'>) {
  const header = headerRow(ctx, bom_id);
  const rows = storedTree(ctx, bom_id);
  const line = rows.find(row => row.line_id === line_id) ?? refuse('bom_line_unknown', { line_id });
  const path = [line];
  for (let at = line; at.parent_row_no !== null; ) {
    at = rows[at.parent_row_no - 1] ?? refuse('bom_line_unknown', { line_id });
    path.unshift(at);
  }
  const top = path[0] ?? line;
  const compiled = compiledOf(ctx, header.product_model_id);
  return {
    path: path.flatMap(row =>
      row.line_id === null
        ? []
        : [{ line_id: row.line_id, item_id: row.item_id, name: row.name, quantity_e6: row.quantity_e6 }],
    ),
    group: top.group,
    is_manual: line.is_manual,
    configuration_revision: header.configuration_revision,
    model: compiled ? { family: compiled.model.family, version: compiled.model.version } : null,
    rules: top.causes.map(cause => ({
      rule: cause.rule,
      ...ruleWords(compiled, cause.rule),
      answers: cause.answers.map(({ path: answer, value }) => labelAnswer(compiled, answer, value)),
    })),
  };
}
const compiledOf = (ctx: ReadCtx, product_model_id: string | null): CompiledModel | null =>
  product_model_id === null ? null : modelById(ctx, product_model_id).compiled;
function ruleWords(
  compiled: CompiledModel | null,
  rule: string,
): { label: LocalizedText; condition: string | null } {
  const found = compiled?.model.bom_rules.find(({ id }) => id === rule);
  return found
    ? { label: found.label, condition: found.when }
    : { label: { en: rule, fr: rule, es: rule }, condition: null };
}

/** Any two BOMs; the answers that differ between their configurations explain the lines that do. */
export function compareVersions(ctx: ReadCtx, input: Input<'compare'>) {
  const a = headerRow(ctx, input.a);
  const b = headerRow(ctx, input.b);
  const answers = diffConfigurations(
    configurationAt(ctx, a.order_id, a.configuration_revision),
    configurationAt(ctx, b.order_id, b.configuration_revision),
  );
  const differences = compareBoms(
    comparable(storedTree(ctx, a.bom_id)),
    comparable(storedTree(ctx, b.bom_id)),
    answers,
  );
  const compiled = compiledOf(ctx, b.product_model_id);
  return {
    a: headerOf(a),
    b: headerOf(b),
    answers: answers.map(change => labelChange(compiled, change)),
    differences,
    counts: countsOf(differences),
  };
}

/** Went out on paper or as a file: from now on an edit of this draft makes a new version. */
export function markExported(ctx: CommandCtx, bom_id: Id<'bom_headers'>): void {
  if (headerRow(ctx, bom_id).exported_at_ms === null) updateBom(ctx, bom_id, { exported_at_ms: ctx.now_ms });
}
