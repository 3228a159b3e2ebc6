import { Button, Chip, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from './texts.ts';

export interface FilterChip {
  key: string;
  label: string;
  active: boolean;
  onToggle: (active: boolean) => void;
}
/** Search at the left, chips beside it, one way to drop all filters. */
export function FilterBar({
  chips = [],
  children,
  onClear,
}: {
  chips?: FilterChip[];
  children?: ReactNode;
  onClear?: () => void;
}) {
  const t = useTexts('ui');
  return (
    <Group gap="xs" pb="xs" wrap="wrap">
      {children}
      {chips.map(chip => (
        <Chip key={chip.key} size="sm" radius="sm" checked={chip.active} onChange={chip.onToggle}>
          {chip.label}
        </Chip>
      ))}
      {onClear && chips.some(chip => chip.active) && (
        <Button variant="subtle" size="compact-sm" onClick={onClear}>
          {t('clear_filters')}
        </Button>
      )}
    </Group>
  );
}
