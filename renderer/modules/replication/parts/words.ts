import { useMemo } from 'react';
import type { ContestedField } from '../../../../preload/contract/replication.ts';
import { useMe } from '../../../app/session.tsx';
import { formatInstant, formatNumber, formatQuantity } from '../../../ui/formats.ts';
import { useTexts } from '../../../ui/texts.ts';

const spoken = (code: string) => code.replaceAll('_', ' ');
const PERCENT_E4 = 10_000;

/** Records, fields and their values in the reader's words. */
export function useRecordWords() {
  const t = useTexts('replication');
  const common = useTexts('infrastructure');
  const { timezone } = useMe();
  return useMemo(() => {
    const table = (name: string) => common(`audit.entities.${name}`, { defaultValue: spoken(name) });
    return {
      table,
      record: (name: string | null, label: string | null): string =>
        name === null ? '' : [table(name), label].filter(Boolean).join(' '),
      field: (name: string) => common(`fields.${name}`, { defaultValue: spoken(name) }),
      value: (kind: ContestedField['kind'], value: unknown): string => {
        if (value === null || value === undefined || value === '') return t('inbox.empty');
        if (kind === 'boolean') return t(value === true ? 'inbox.yes' : 'inbox.no');
        if (typeof value === 'number') {
          if (kind === 'quantity') return formatQuantity(value);
          if (kind === 'percent') return `${formatNumber(value / PERCENT_E4, 4)} %`;
          if (kind === 'instant') return formatInstant(value, timezone, { withSeconds: true });
          return formatNumber(value);
        }
        return kind === 'json' ? JSON.stringify(value) : String(value);
      },
    };
  }, [t, common, timezone]);
}
export type RecordWords = ReturnType<typeof useRecordWords>;
