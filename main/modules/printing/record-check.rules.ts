import {
  type Fault,
  faultsOf,
  isFields,
  readRecord,
  type SealedRecord,
} from '../../platform/sealed-record.ts';
import { contentHash, signatureHash } from '../identity/signature.rules.ts';

/** What the file calls itself. The contract is left alone here: the verifier by itself stays a page of code. */
export const RECORD_FORMAT = 'millwright-device-history-record';

export interface RecordReport {
  is_whole: boolean;
  order_number: string;
  build_number: string;
  made_at: string;
  /** To be held against the number printed on the paper and the one in the audit trail. */
  record_sha256: string;
  pieces: number;
  signatures: number;
  /** The first one names the first changed place. */
  faults: Fault[];
}

/** Checks a device history record by itself: every piece, every signed content, every signature and the whole file. */
export function checkRecord(text: string): RecordReport {
  const record = readRecord(text, RECORD_FORMAT);
  if ('kind' in record) return { ...reportOf(null), faults: [record] };
  const forms = formsOf(record);
  const faults = [...faultsOf(record, text), ...[...forms, ...secondOf(record)].flatMap(signatureFaults)];
  return { ...reportOf(record), signatures: forms.length, is_whole: faults.length === 0, faults };
}

type Fields = Record<string, unknown>;
const partOf = (value: unknown, key: string): Fields => {
  const part = isFields(value) ? value[key] : undefined;
  return isFields(part) ? part : {};
};
function reportOf(record: SealedRecord | null): RecordReport {
  const identity = partOf(record?.content, 'identity');
  return {
    is_whole: false,
    order_number: String(identity.order_number ?? ''),
    build_number: String(identity.build_number ?? ''),
    made_at: String(record?.made.at ?? ''),
    record_sha256: record?.record_sha256 ?? '',
    pieces: Object.keys(record?.pieces ?? {}).length,
    signatures: 0,
    faults: [],
  };
}

interface SignedForm {
  at: string;
  signature: Fields;
}
const listOf = (fields: unknown, name: string): unknown[] =>
  isFields(fields) && Array.isArray(fields[name]) ? fields[name] : [];
/** Forms that say they are signed; one without its signature is a fault, too. */
function formsOf({ content }: SealedRecord): SignedForm[] {
  return listOf(content, 'forms').flatMap((form, at): SignedForm[] =>
    isFields(form) && form.status === 'SIGNED'
      ? [{ at: `/forms/${at}/signature`, signature: partOf(form, 'signature') }]
      : [],
  );
}
/** Signatures that came second are no part of a record, and are whole all the same. */
function secondOf({ content }: SealedRecord): SignedForm[] {
  return listOf(content, 'forms').flatMap((form, at) =>
    listOf(form, 'second_signatures').map(
      (signature, no): SignedForm => ({
        at: `/forms/${at}/second_signatures/${no}`,
        signature: isFields(signature) ? signature : {},
      }),
    ),
  );
}
function signatureFaults({ at, signature }: SignedForm): Fault[] {
  const content = contentHash(signature.content);
  const said = signatureHash(signature);
  const expected = { content: String(signature.content_sha256), said: String(signature.signature_sha256) };
  return [
    ...(content === expected.content
      ? []
      : [
          {
            kind: 'content_hash_differs' as const,
            where: `${at}/content`,
            expected: expected.content,
            found: content,
          },
        ]),
    ...(said === expected.said
      ? []
      : [{ kind: 'signature_differs' as const, where: at, expected: expected.said, found: said }]),
  ];
}
