import { Button, Group, NativeSelect, Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { type MovementFilter, movementType, workCenterId } from '../../../../preload/contract/tracking.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import { DayInput } from '../../../ui/DayInput.tsx';
import { SearchInput } from '../../../ui/SearchInput.tsx';
import { useTexts } from '../../../ui/texts.ts';

export interface CommonFilter {
  text: string;
  work_center_id?: MovementFilter['work_center_id'];
  from?: string | undefined;
  to?: string | undefined;
  include_archive: boolean;
}
/** Search, work centre, days and archive: the same on lists and balances. */
export function MovementFilters<F extends CommonFilter>({
  filter,
  none,
  onChange,
  children,
}: {
  filter: F;
  none: F;
  onChange: (filter: F) => void;
  children?: ReactNode;
}) {
  const t = useTexts('tracking');
  const centers = useAsk('tracking.workCenters', {}).data?.centers ?? [];
  const set = (patch: Partial<CommonFilter>) => onChange({ ...filter, ...patch });
  const day = (key: 'from' | 'to') => (
    <DayInput
      size="xs"
      w={130}
      clearable
      aria-label={t(`filters.${key}`)}
      placeholder={t(`filters.${key}`)}
      value={filter[key] ?? ''}
      onChange={value => set({ [key]: value || undefined })}
    />
  );
  return (
    <Group gap={6}>
      <SearchInput
        value={filter.text}
        onChange={text => set({ text })}
        label={t('filters.search')}
        width={220}
      />
      <NativeSelect
        size="xs"
        aria-label={t('columns.work_center')}
        value={filter.work_center_id ?? ''}
        data={[
          { value: '', label: t('filters.all_centers') },
          ...centers.map(c => ({
            value: c.work_center_id,
            label: `${c.work_center_code} ${c.work_center_name}${c.is_active ? '' : ` (${t('inactive')})`}`,
          })),
        ]}
        onChange={event => set({ work_center_id: workCenterId.safeParse(event.currentTarget.value).data })}
      />
      {day('from')}
      {day('to')}
      {children}
      <Switch
        size="xs"
        label={t('filters.archive')}
        checked={filter.include_archive}
        onChange={event => set({ include_archive: event.currentTarget.checked })}
      />
      {JSON.stringify(filter) !== JSON.stringify(none) && (
        <Button size="compact-sm" variant="subtle" onClick={() => onChange(none)}>
          {t('filters.clear')}
        </Button>
      )}
    </Group>
  );
}

export function TypeFilter({
  value,
  onChange,
}: {
  value: MovementFilter['movement_type'];
  onChange: (type: MovementFilter['movement_type']) => void;
}) {
  const t = useTexts('tracking');
  return (
    <NativeSelect
      size="xs"
      aria-label={t('columns.movement_type')}
      value={value ?? ''}
      data={[
        { value: '', label: t('filters.all_types') },
        ...movementType.options.map(type => ({ value: type, label: t(`types.${type}`) })),
      ]}
      onChange={event => onChange(movementType.safeParse(event.currentTarget.value).data)}
    />
  );
}
