import { and, eq } from 'drizzle-orm';
import type { RowOf } from '../../../db/kit/define-table.ts';
import type { electronic_signatures } from '../../../db/schema/identity.ts';
import { t } from '../../../db/sqlite/tables.ts';
import type { Finding, inspections } from '../../../preload/contract/inspection.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { isSignatureWhole } from '../identity/signature.service.ts';
import { plantScope } from '../orders/order-rows.service.ts';
import { differencesOf, signedContent } from './content.rules.ts';
import { wholeLog } from './filling.service.ts';
import type { LogRow } from './log-rows.service.ts';

type Signature = RowOf<typeof electronic_signatures>;
type Input = ParsedInputOf<(typeof inspections)['verify']>;
const SIGNED = `select s.id as signature_id, s.entity_id as log_id from electronic_signatures s
  left join inspection_logs l on l.id = s.entity_id
  where s.entity_type = 'inspection_logs' and (@order_id is null or l.order_id = @order_id)
    and (@plant_id is null or l.plant_id is null or l.plant_id = @plant_id)
  order by s.signed_at_ms, s.id`;
/** Signed records whose signature is gone. */
const UNCOVERED = `select l.id as log_id from inspection_logs l
  where (l.status = 'SIGNED' or l.signed_at_ms is not null) and (@order_id is null or l.order_id = @order_id)
    and (@plant_id is null or l.plant_id = @plant_id)
    and not exists (select 1 from electronic_signatures s where s.entity_type = 'inspection_logs' and s.entity_id = l.id)`;

/** Builds every signed record again from its rows and compares it with what was signed; names each place that differs. */
export function verifySignatures(
  ctx: ReadCtx,
  { order_id }: Input,
): { signatures: number; findings: Finding[] } {
  const scope = { order_id, plant_id: plantScope(ctx) };
  const held = ctx.sql.all<{ signature_id: string; log_id: string }>(SIGNED, scope);
  const findings = held.flatMap(({ signature_id }) => findingsOf(ctx, signature_id));
  const uncovered = ctx.sql.all<{ log_id: LogRow['id'] }>(UNCOVERED, scope).map(({ log_id }): Finding => {
    const log = logById(ctx, log_id);
    return {
      ...subjectOf(ctx, log, null),
      kind: 'signature_changed',
      where: 'electronic_signatures',
      signed: '',
      found: '',
    };
  });
  return { signatures: held.length, findings: [...findings, ...uncovered] };
}

const logById = (ctx: ReadCtx, log_id: string): LogRow | undefined =>
  ctx.db
    .select()
    .from(t.inspection_logs)
    .where(eq(t.inspection_logs.id, log_id as LogRow['id']))
    .get();

function subjectOf(ctx: ReadCtx, log: LogRow | undefined, signature: Signature | null) {
  const order = log && orderNames(ctx, log.order_id);
  return {
    log_id: log?.id ?? null,
    signature_id: signature?.id ?? '',
    order_number: order?.order_number ?? '',
    build_number: order?.build_number ?? '',
    plan_type: log?.plan_type ?? null,
  };
}
const orderNames = (ctx: ReadCtx, order_id: string) =>
  ctx.sql.get<{ order_number: string; build_number: string }>(
    'select order_number, build_number from orders where id = ?',
    [order_id],
  );

function findingsOf(ctx: ReadCtx, signature_id: string): Finding[] {
  const s = t.electronic_signatures;
  const signature = ctx.db
    .select()
    .from(s)
    .where(eq(s.id, signature_id as Signature['id']))
    .get();
  if (!signature) return [];
  const log = logById(ctx, signature.entity_id);
  const subject = subjectOf(ctx, log, signature);
  const found: Finding[] = [];
  if (!isSignatureWhole(signature))
    found.push({
      ...subject,
      kind: 'signature_changed',
      where: 'electronic_signatures',
      signed: '',
      found: '',
    });
  const trail = trailHash(ctx, signature);
  if (trail !== null && trail !== signature.signature_sha256)
    found.push({
      ...subject,
      kind: 'trail_differs',
      where: 'audit_logs',
      signed: trail,
      found: signature.signature_sha256,
    });
  if (!log) {
    found.push({
      ...subject,
      kind: 'record_missing',
      where: 'inspection_logs',
      signed: signature.entity_id,
      found: '',
    });
    return found;
  }
  const { plan, rows } = wholeLog(ctx, log);
  const order = orderNames(ctx, log.order_id) ?? { order_number: '', build_number: '' };
  const now = signedContent(log, plan, order, rows);
  if (log.content_sha256 !== signature.content_sha256)
    found.push({
      ...subject,
      kind: 'content_changed',
      where: 'record, content_sha256',
      signed: signature.content_sha256,
      found: log.content_sha256 ?? '',
    });
  return [
    ...found,
    ...differencesOf(signature.content, now).map(difference => ({ ...subject, ...difference })),
  ];
}

/** The hash that the audit trail, chained and sealed by itself, holds of this signature; null when it is not on this station. */
function trailHash(ctx: ReadCtx, signature: Signature): string | null {
  const a = t.audit_logs;
  const row = ctx.db
    .select({ metadata: a.metadata })
    .from(a)
    .where(
      and(
        eq(a.entity_type, signature.entity_type),
        eq(a.entity_id, signature.entity_id),
        eq(a.action, 'SIGN'),
      ),
    )
    .get();
  const hash = row?.metadata?.signature_sha256;
  return typeof hash === 'string' ? hash : null;
}
