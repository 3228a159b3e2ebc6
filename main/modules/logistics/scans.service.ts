import { qr_code_scans } from '../../../db/schema/logistics.ts';
import { plainScan, readCode } from '../../../preload/contract/codes.ts';
import { type logistics, SCAN_REPEAT_MS, type ScanHit } from '../../../preload/contract/logistics.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { orderKeyOf } from '../tracking/movement.rules.ts';
import { matchOrder } from '../tracking/order-match.service.ts';
import { numberedHits } from './numbered-hits.service.ts';
import {
  buildHits,
  labelHits,
  materialHits,
  materialHitsByTail,
  orderHits,
  userHits,
  userHitsByTail,
  workCenterHits,
  workCenterHitsByTail,
} from './scan-hits.service.ts';

type Input<P extends keyof typeof logistics> = ParsedInputOf<(typeof logistics)[P]>;
const MOST_HITS = 3;
/** Identifiers whose value is a number of ours; the rest (quantities, dates) names nothing. */
const PART_KEYS = ['240', '241', 'P', '1P', '01'];
const ORDER_KEYS = ['400', 'K'];
const LABEL_KEYS = ['21', 'S', '10', '1T'];

export function resolveScan(ctx: ReadCtx, { text, elements }: Input<'resolveScan'>) {
  const plain = plainScan(text);
  const code = readCode(plain);
  const valuesOf = (keys: readonly string[]) => elements.filter(e => keys.includes(e.key)).map(e => e.value);
  const rules: (() => ScanHit[])[] = [
    () => [text.trim(), plain, ...valuesOf(LABEL_KEYS)].flatMap(value => labelHits(ctx, value)),
    () => (code.kind === 'code' ? hitsOfCode(ctx, code) : []),
    () => [plain, ...valuesOf(ORDER_KEYS)].flatMap(value => numberedHits(ctx, value)),
    () => [plain, ...valuesOf(ORDER_KEYS)].flatMap(value => numberHits(ctx, value)),
    () => [plain, ...valuesOf(PART_KEYS)].flatMap(value => materialHits(ctx, value)),
    () => workCenterHits(ctx, plain),
    () => userHits(ctx, plain),
  ];
  for (const rule of plain === '' ? [] : rules) {
    const hits = unlike(rule());
    if (hits.length > 0) return { hits: hits.slice(0, MOST_HITS), problem: null };
  }
  const problem: 'wrong_check' | 'not_found' = code.kind === 'wrong_check' ? 'wrong_check' : 'not_found';
  return { hits: [], problem };
}
const unlike = (hits: readonly ScanHit[]): ScanHit[] => [
  ...new Map(hits.map(hit => [`${hit.kind} ${hit.to}`, hit])).values(),
];

type OwnCode = Extract<ReturnType<typeof readCode>, { kind: 'code' }>;
function hitsOfCode(ctx: ReadCtx, { letter, id_tail }: OwnCode): ScanHit[] {
  if (letter === 'B') return buildHits(ctx, { id_tail });
  if (letter === 'O') return orderHits(ctx, { id_tail });
  if (letter === 'W') return workCenterHitsByTail(ctx, id_tail);
  if (letter === 'U') return userHitsByTail(ctx, id_tail);
  if (letter === 'P') return materialHitsByTail(ctx, id_tail);
  // The rest are labels: a valid one is found by its value, one that is not active stands for nothing.
  return [];
}
function numberHits(ctx: ReadCtx, value: string): ScanHit[] {
  const match = value === '' ? null : matchOrder(ctx, orderKeyOf(value));
  if (!match) return [];
  return match.order_id
    ? buildHits(ctx, { order_id: match.order_id })
    : orderHits(ctx, { order_number: value });
}

/** Keeps what was scanned. The same again within seconds is kept as a repetition. */
export function recordScan(ctx: CommandCtx, input: Input<'recordScan'>) {
  const { text, context } = input;
  const repeated = ctx.sql.get<{ id: string }>(
    `select id from qr_code_scans where scanned_by_user_id = ? and scanned_at_ms > ? and scan_code = ?
       and operation_context is ? limit 1`,
    [ctx.actor.user_id, ctx.now_ms - SCAN_REPEAT_MS, text, context ?? null],
  );
  const resolution = repeated && input.resolution === 'SUCCESS' ? 'DUPLICATE' : input.resolution;
  const stored = ctx.insert(qr_code_scans, {
    plant_id: ctx.actor.plant_id,
    scan_code: text,
    barcode_type: input.barcode_type ?? null,
    scanned_at_ms: ctx.now_ms,
    scan_location: input.location ?? null,
    station_id: ctx.station_id,
    scan_resolution: resolution,
    entity_type: input.entity_type ?? null,
    entity_id: input.entity_id ?? null,
    operation_context: context ?? null,
    scan_data: input.elements.length > 0 ? { elements: input.elements } : null,
    error_message: input.error_message ?? null,
    scanned_by_user_id: ctx.actor.user_id,
  });
  return { scan_id: stored.id, resolution };
}
