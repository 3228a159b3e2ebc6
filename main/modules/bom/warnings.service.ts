import { bom_warning_acknowledgements } from '../../../db/schema/bom.ts';
import type { bom } from '../../../preload/contract/bom.ts';
import type { BomWarning } from '../../../preload/contract/bom-warnings.ts';
import { localizedText, type Verdict } from '../../../preload/contract/product-model.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { catalogueIndex } from '../catalogue/catalogue.service.ts';
import { plantOf } from '../catalogue/plant.service.ts';
import { modelById } from '../catalogue/product-models.service.ts';
import { configurationAt, type HeaderRow, headerRow, orderFacts } from './bom-rows.service.ts';
import { judge } from './judge.service.ts';

type Input<P extends keyof typeof bom> = ParsedInputOf<(typeof bom)[P]>;
/** Warnings about sizes and dates, which procurement answers for. Source: rules V10 to V14 of the order workflow (2.11). */
const READ_BEFORE_APPROVAL = /^V1[0-4]$/;

function warningsNow(ctx: ReadCtx, header: HeaderRow): Verdict[] {
  if (header.product_model_id === null) return [];
  const { compiled } = modelById(ctx, header.product_model_id);
  const answers = configurationAt(ctx, header.order_id, header.configuration_revision);
  const { verdicts } = judge(ctx, compiled, answers, orderFacts(ctx, header.order_id), catalogueIndex(ctx));
  return verdicts.filter(({ kind, rule }) => kind === 'warning' && READ_BEFORE_APPROVAL.test(rule));
}

interface Read extends Omit<BomWarning, 'message'> {
  message: string | null;
}
const READ = `select a.rule, a.place, a.message, coalesce(u.full_name, '') as acknowledged_by_name, a.acknowledged_at_ms, a.note
  from bom_warning_acknowledgements a left join users u on u.id = a.acknowledged_by
  where a.bom_header_id = ? order by a.acknowledged_at_ms desc`;
const keyOf = (rule: string, place: string): string => `${rule} ${place}`;
const asRead = (row: Read, now: BomWarning['message']): BomWarning => ({
  ...row,
  message: row.message === null ? now : localizedText.parse(JSON.parse(row.message)),
});

/** What a draft warns about now; of another version what was read then, in the words of then: days pass. */
export function bomWarningsOf(ctx: ReadCtx, { bom_id }: Input<'warnings'>) {
  const header = headerRow(ctx, bom_id);
  const read = new Map(
    ctx.sql.all<Read>(READ, [bom_id]).map(row => [keyOf(row.rule, row.place), row] as const),
  );
  const now = warningsNow(ctx, header).map(({ rule, path, message }): BomWarning => {
    const known = read.get(keyOf(rule, path));
    const unread = { acknowledged_by_name: null, acknowledged_at_ms: null, note: null };
    return known ? asRead(known, message) : { rule, place: path, message, ...unread };
  });
  if (header.status === 'DRAFT')
    return { warnings: now, unread: now.filter(warning => warning.acknowledged_at_ms === null).length };
  const words = new Map(now.map(warning => [keyOf(warning.rule, warning.place), warning.message]));
  const then = [...read].map(([key, row]) =>
    asRead(row, words.get(key) ?? { en: row.rule, fr: row.rule, es: row.rule }),
  );
  return { warnings: then.sort((a, b) => a.rule.localeCompare(b.rule)), unread: 0 };
}

export function acknowledgeWarning(
  ctx: CommandCtx,
  { bom_id, rule, place, note }: Input<'acknowledgeWarning'>,
) {
  const { status, order_number, build_number, bom_version } = headerRow(ctx, bom_id);
  if (status !== 'DRAFT') refuse('bom_not_draft', { order_number, build_number, bom_version, status });
  const { warnings, unread } = bomWarningsOf(ctx, { bom_id });
  const warning = warnings.find(known => known.rule === rule && known.place === place);
  if (!warning) refuse('warning_unknown', { rule });
  if (warning?.acknowledged_by_name) refuse('warning_read', { rule, name: warning.acknowledged_by_name });
  ctx.insert(bom_warning_acknowledgements, {
    plant_id: plantOf(ctx),
    bom_header_id: bom_id,
    rule,
    place,
    message: warning?.message,
    note: note || null,
    acknowledged_by: ctx.actor.user_id,
    acknowledged_at_ms: ctx.now_ms,
  });
  return { unread: unread - 1 };
}

/** Refuses `warnings_unread` while one of them was not acknowledged. */
export function requireWarningsRead(ctx: ReadCtx, header: HeaderRow): void {
  const { warnings, unread } = bomWarningsOf(ctx, { bom_id: header.bom_id });
  if (unread === 0) return;
  const rules = warnings
    .filter(({ acknowledged_at_ms }) => acknowledged_at_ms === null)
    .map(({ rule }) => rule);
  refuse('warnings_unread', {
    order_number: header.order_number,
    build_number: header.build_number,
    count: unread,
    rules: [...new Set(rules)].join(', '),
  });
}
