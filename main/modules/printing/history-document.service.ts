import type { DeviceHistoryData } from '../../../preload/contract/document-data.ts';
import type { HistoryRecord } from '../../../preload/contract/history-record.ts';
import type { DocumentParams } from '../../../preload/contract/printing.ts';
import { recordHash } from '../../platform/sealed-record.ts';
import { signedAt } from '../identity/signature.service.ts';
import { readSecond, shownSecond } from '../quality/second-signatures.service.ts';
import { buildFactsOf, buildOf, type DocumentCtx, frameOf, orderFactsOf } from './document-facts.service.ts';
import { formOf } from './document-forms.service.ts';
import { historyRecordOf } from './history-record.service.ts';
import { qcFormOf } from './quality-documents.service.ts';

/** The whole record of a build on paper: the data of the record, and every signed form in its own look. */
export function deviceHistoryOf(ctx: DocumentCtx, params: DocumentParams): DeviceHistoryData {
  const order = buildOf(ctx, params);
  const whole = historyRecordOf(ctx, params);
  const { forms, ...record } = whole;
  return {
    frame: frameOf(ctx, formOf(ctx, 'device_history_record'), order, false),
    order: orderFactsOf(ctx, order),
    build: buildFactsOf(ctx, order),
    record,
    seals: forms.map(sealOf),
    forms: forms
      .filter(form => form.status === 'SIGNED')
      .map(form => qcFormOf(ctx, { order_id: order.id, log_id: form.log_id as DocumentParams['log_id'] })),
    stations: stationsOf(whole),
    record_sha256: recordHash(whole),
  };
}

function sealOf({
  signature,
  second_signatures,
  ...form
}: HistoryRecord['forms'][number]): DeviceHistoryData['seals'][number] {
  const text = (key: string) => (typeof signature?.[key] === 'string' ? signature[key] : null);
  const { signed_at_ms, signed_zone } = signature ?? {};
  return {
    ...form,
    signer: signature && `${text('signer_name')} (${text('signer_initials')})`,
    signed_at:
      typeof signed_at_ms === 'number' && typeof signed_zone === 'string'
        ? signedAt({ signed_at_ms, signed_zone })
        : null,
    content_sha256: text('content_sha256'),
    signature_sha256: text('signature_sha256'),
    second: second_signatures.flatMap(readSecond).map(shownSecond),
  };
}

/** Stations in the order in which they appear; a short mark stands for each on paper. */
function stationsOf({ timeline, work, forms }: HistoryRecord): DeviceHistoryData['stations'] {
  const signed = forms.flatMap(({ signature, second_signatures }) =>
    [signature, ...second_signatures].map(row => row?.station_id),
  );
  const named = [...timeline.map(e => e.station_id), ...work.map(w => w.completed?.station_id), ...signed];
  const ids = [...new Set(named.filter(id => typeof id === 'string'))];
  return ids.map((station_id, at) => ({ mark: `S${at + 1}`, station_id }));
}
