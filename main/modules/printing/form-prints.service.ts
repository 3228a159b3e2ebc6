import type { Id } from '../../../db/kit/columns.ts';
import type { DocumentName } from '../../../preload/contract/document-data.ts';
import { stampInZone } from '../../platform/days.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { keepFile, type StoredFile } from '../infrastructure/files.service.ts';
import { certificateOf, formName } from './quality-documents.service.ts';

/** A print of a signed record that this station owes: the form itself, and the certificate of a released build. */
export interface DuePrint {
  log_id: Id<'inspection_logs'>;
  order_id: Id<'orders'>;
  document: Extract<DocumentName, 'qc_form' | 'qc_certificate'>;
  link_role: 'QC_FORM' | 'TEST_RESULT' | 'CERTIFICATE';
  file_name: string;
}
interface StoredDue extends Omit<DuePrint, 'file_name'> {
  form_id: string;
  plan_version: number;
  order_number: string;
  build_number: string;
  attempt_no: number;
  revision_no: number;
  signer_initials: string;
  signed_at_ms: number;
  signed_zone: string;
  station_code: string | null;
}
/** What was signed long before is printed live when it is asked for. */
const KEPT_FOR_MS = 14 * 86_400_000;
/** Only the station where it was signed makes the print: the others receive the file. */
const DUE = `with signed as (
    select l.id as log_id, l.order_id, l.plan_id, l.plan_type, l.attempt_no, l.revision_no, l.overall_result, l.signed_at_ms,
      s.signer_initials, s.signed_zone
    from inspection_logs l join electronic_signatures s
      on s.entity_type = 'inspection_logs' and s.entity_id = l.id and s.station_id = @station_id
    where l.signed_at_ms >= @since_ms),
  due as (
    select *, 'qc_form' as document, case plan_type when 'TEST' then 'TEST_RESULT' else 'QC_FORM' end as link_role from signed
    union all select *, 'qc_certificate', 'CERTIFICATE' from signed where plan_type = 'FINAL_QC' and overall_result = 'PASS')
  select d.log_id, d.order_id, d.document, d.link_role, d.attempt_no, d.revision_no, p.form_id, p.plan_version,
    o.order_number, o.build_number, d.signer_initials, d.signed_at_ms, d.signed_zone,
    (select value from sync_state where key = 'station_code') as station_code
  from due d join inspection_plans p on p.id = d.plan_id join orders o on o.id = d.order_id
  where d.log_id || ' ' || d.document not in (select value from json_each(@skipped))
    and not exists (select 1 from file_links f
      where f.entity_type = 'inspection_logs' and f.entity_id = d.log_id and f.link_role = d.link_role)
  order by d.signed_at_ms, d.log_id, d.document desc limit 1`;

/** Oldest first; null when every print is kept. */
export function nextDuePrint(ctx: ReadCtx, skipped: readonly string[]): DuePrint | null {
  const found = ctx.sql.get<StoredDue>(DUE, {
    since_ms: ctx.now_ms - KEPT_FOR_MS,
    station_id: ctx.station_id,
    skipped: JSON.stringify(skipped),
  });
  if (!found) return null;
  const { log_id, order_id, document, link_role, order_number, build_number, attempt_no, revision_no } =
    found;
  const stem =
    document === 'qc_certificate'
      ? certificateOf(ctx, found)
      : `${formName(found)}_${order_number}_${build_number}_${attempt_no}.${revision_no}`;
  const file_name = `${stem}_${signatureOf(found)}`.replaceAll('/', '-');
  return { log_id, order_id, document, link_role, file_name: `${file_name}.pdf` };
}
/** Whose signature the print shows, when and where it was given: two stations may sign one form before they hear of each other. */
const signatureOf = ({ signer_initials, signed_at_ms, signed_zone, station_code }: StoredDue): string =>
  [signer_initials, stampInZone(signed_at_ms, signed_zone), ...(station_code ? [station_code] : [])].join(
    '_',
  );

/** The print becomes a document of the build; the link to the record says that it is there. */
export function keepPrint(ctx: CommandCtx, due: DuePrint, file: StoredFile): void {
  const { order_id, log_id, link_role, file_name } = due;
  keepFile(ctx, { ...file, original_name: file_name, mime_type: 'application/pdf', file_extension: 'pdf' }, [
    { entity_type: 'orders', entity_id: order_id, link_role },
    { entity_type: 'inspection_logs', entity_id: log_id, link_role },
  ]);
}
