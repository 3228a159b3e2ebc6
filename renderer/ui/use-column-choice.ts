import { useLocalStorage } from '@mantine/hooks';
import { useMemo } from 'react';
import { type ColumnChoice, isHidden, NO_CHOICE, orderedColumns } from './grid.rules.ts';

/** Order, visibility and widths of the columns of one list, remembered under its id. */
export function useColumnChoice<C extends { key: string; hidden?: boolean }>(
  id: string,
  columns: readonly C[],
) {
  const [choice, setChoice] = useLocalStorage<ColumnChoice>({
    key: `millwright.columns.${id}`,
    defaultValue: NO_CHOICE,
    getInitialValueInEffect: false,
  });
  const all = useMemo(() => orderedColumns(columns, choice), [columns, choice]);
  const shown = useMemo(() => all.filter(column => !isHidden(column, choice)), [all, choice]);
  return { choice, setChoice, all, shown };
}
