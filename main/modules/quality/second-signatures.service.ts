import { z } from 'zod';
import type { ReadCtx } from '../../rpc/context.ts';
import { signedAt } from '../identity/signature.service.ts';

/** A signature as it lies in the inbox: its business columns, as they were sent. */
const sent = z.looseObject({
  entity_id: z.string(),
  signer_name: z.string(),
  signer_initials: z.string(),
  signed_at_ms: z.int(),
  signed_zone: z.string(),
  station_id: z.string(),
  content_sha256: z.string(),
  signature_sha256: z.string(),
});
export type SecondSignature = z.output<typeof sent>;

/** Forms that somebody else had signed first keep the second signature in its entry of the inbox, whoever settled that. */
const SECOND = `select x.value ->> 'patch' as patch
  from conflicts c, json_each(c.unit, '$.changes') x
  where c.organization_id = @organization_id and instr(c.unit, '"electronic_signatures"') > 0
    and x.value ->> 'table' = 'electronic_signatures' and x.value ->> 'op' in ('I', 'J')
    and x.value ->> '$.patch.entity_type' = 'inspection_logs'
    and exists (select 1 from inspection_logs l join electronic_signatures s on s.entity_type = 'inspection_logs'
        and s.entity_id = l.id
      where l.order_id = @order_id and l.id = x.value ->> '$.patch.entity_id')
    and not exists (select 1 from electronic_signatures s where s.id = x.value ->> 'id')
  order by x.value ->> '$.patch.signed_at_ms', x.value ->> 'id'`;
/** Second signatures under the signed forms of a build, by form, oldest first. They are no part of the signed records. */
export function secondSignatures(ctx: ReadCtx, order_id: string): Map<string, SecondSignature[]> {
  const rows = ctx.sql.all<{ patch: string }>(SECOND, { organization_id: ctx.organization_id, order_id });
  const signatures = rows.flatMap(({ patch }) => readSecond(JSON.parse(patch)));
  return Map.groupBy(signatures, signature => signature.entity_id);
}
/** Nothing when it is no signature: what was never taken is what a station sent. */
export const readSecond = (row: unknown): SecondSignature[] => {
  const read = sent.safeParse(row);
  return read.success ? [read.data] : [];
};
/** As screens and papers name it. */
export const shownSecond = (row: SecondSignature) => ({
  signer: `${row.signer_name} (${row.signer_initials})`,
  signed_at: signedAt(row),
  content_sha256: row.content_sha256,
  signature_sha256: row.signature_sha256,
});
