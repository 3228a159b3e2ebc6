import { useMemo } from 'react';
import { useMe } from '../../../app/session.tsx';
import { useTexts } from '../../../ui/texts.ts';

export interface FieldWord {
  text: string;
  /** The column's own name, for whoever looks after the database. */
  hint: string | undefined;
}
/** Names of record fields in the reader's words. */
export function useFieldWords(): (field: string) => FieldWord {
  const t = useTexts('infrastructure');
  const { may } = useMe();
  return useMemo(() => {
    const isAdministrator = may('settings:update');
    return field => ({
      text: t(`fields.${field}`, { defaultValue: field.replaceAll('_', ' ') }),
      hint: isAdministrator ? field : undefined,
    });
  }, [t, may]);
}
