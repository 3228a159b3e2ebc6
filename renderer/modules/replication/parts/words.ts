import { useMemo } from 'react';
import type { ContestedField } from '../../../../preload/contract/replication.ts';
import { useMe } from '../../../app/session.tsx';
import { formatInstant, formatNumber, formatQuantity } from '../../../ui/formats.ts';
import { useTexts } from '../../../ui/texts.ts';

const spoken = (code: string) => code.replaceAll('_', ' ');
/** Where the words for the choices of a field stand when they do not stand under its name. */
const CHOICES: Record<string, string> = {
  'bom_headers.status': 'bom_status',
  'ncrs.status': 'ncr_status',
  'shipment_items.outsourcing_status': 'outsourcing_status',
  overall_result: 'inspection_result',
  failure_category: 'ncr_category',
  category: 'ncr_category',
  record_type: 'item_type',
};
type Named = Pick<ContestedField, 'table' | 'field' | 'kind'>;
const PERCENT_E4 = 10_000;

/** Records, fields and their values in the reader's words. */
export function useRecordWords() {
  const t = useTexts('replication');
  const common = useTexts('infrastructure');
  const sheets = useTexts('sheets');
  const quality = useTexts('quality');
  const { timezone } = useMe();
  return useMemo(() => {
    const table = (name: string) => common(`audit.entities.${name}`, { defaultValue: spoken(name) });
    const choice = ({ table: of, field }: Named, code: string): string => {
      const words = CHOICES[`${of}.${field}`] ?? CHOICES[field] ?? field;
      const plain = spoken(code.charAt(0) + code.slice(1).toLowerCase());
      const service = sheets(`words.service_status.${code}`, { defaultValue: plain });
      return sheets(`words.${words}.${code}`, { defaultValue: of === 'orders' ? service : plain });
    };
    const number = (kind: ContestedField['kind'], value: number): string => {
      if (kind === 'quantity') return formatQuantity(value);
      if (kind === 'percent') return `${formatNumber(value / PERCENT_E4, 4)} %`;
      if (kind === 'instant') return formatInstant(value, timezone, { withSeconds: true });
      return formatNumber(value);
    };
    return {
      table,
      record: (name: string | null, label: string | null): string =>
        name === null ? '' : [table(name), label].filter(Boolean).join(' '),
      field: (name: string) => common(`fields.${name}`, { defaultValue: spoken(name) }),
      choice,
      /** A place in a document: `basins.1.length_in`. */
      place: (path: string): string =>
        path
          .split('.')
          .map(part =>
            /^\d+$/.test(part)
              ? String(Number(part) + 1)
              : common(`fields.${part}`, { defaultValue: spoken(part) }),
          )
          .join(' · '),
      value: (named: Named, value: unknown): string => {
        if (value === null || value === undefined || value === '') return t('inbox.empty');
        if (named.kind === 'boolean') return t(value === true ? 'inbox.yes' : 'inbox.no');
        if (typeof value === 'number') return number(named.kind, value);
        if (named.kind === 'json') return JSON.stringify(value);
        if (named.kind === 'choice') return choice(named, String(value));
        return named.field === 'measured_text'
          ? quality(`answers.${value}`, { defaultValue: String(value) })
          : String(value);
      },
    };
  }, [t, common, sheets, quality, timezone]);
}
export type RecordWords = ReturnType<typeof useRecordWords>;
