import { Button, Checkbox, Group, Indicator, Popover, Select, Stack, TextInput } from '@mantine/core';
import { IconChevronDown, IconSearch, IconX } from '@tabler/icons-react';
import { type ReactNode, type RefObject, useState } from 'react';
import { buildStatus, documentLanguage, type OrderFilter } from '../../../../preload/contract/orders.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import { DayInput } from '../../../ui/DayInput.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { noFilter } from './order-views.ts';

interface FilterChipsProps {
  filter: OrderFilter;
  text: string;
  searchRef: RefObject<HTMLInputElement | null>;
  onText: (text: string) => void;
  onFilter: (filter: OrderFilter) => void;
}

export function FilterChips({ filter, text, searchRef, onText, onFilter }: FilterChipsProps) {
  const t = useTexts('orders');
  const [isChoosing, setChoosing] = useState(false);
  // Counting every choice reads the whole list several times: only when somebody is about to choose.
  const facets = useAsk('orders.facets', { filter }, { enabled: isChoosing, keepPrevious: true });
  const countOf = (status: string) => facets.data?.status.find(({ value }) => value === status)?.count;
  const set = (patch: Partial<OrderFilter>) => onFilter({ ...filter, ...patch });
  const isFiltered =
    JSON.stringify({ ...filter, text: '' }) !== JSON.stringify({ ...noFilter, text: '' }) || text !== '';
  return (
    <Group gap={6}>
      <TextInput
        ref={searchRef}
        size="xs"
        w={230}
        aria-label={t('screens.search_orders')}
        placeholder={t('screens.search_orders')}
        leftSection={<IconSearch size={14} />}
        value={text}
        onChange={event => onText(event.currentTarget.value)}
      />
      <Chip
        label={t('screens.columns.order_status')}
        count={filter.status.length}
        onOpen={() => setChoosing(true)}
        onClose={() => setChoosing(false)}
      >
        <Checkbox.Group
          value={filter.status}
          onChange={values => set({ status: buildStatus.options.filter(status => values.includes(status)) })}
        >
          <Stack gap={6}>
            {buildStatus.options.map(status => (
              <Checkbox
                key={status}
                size="xs"
                value={status}
                label={`${t(`statuses.${status}`)}${countOf(status) ? ` (${countOf(status)})` : ''}`}
              />
            ))}
          </Stack>
        </Checkbox.Group>
      </Chip>
      <Chip
        label={t('screens.columns.want_on')}
        count={(filter.want_from ? 1 : 0) + (filter.want_to ? 1 : 0)}
      >
        <Stack gap="xs">
          <DayInput
            size="xs"
            clearable
            label={t('screens.from')}
            value={filter.want_from ?? ''}
            popoverProps={{ withinPortal: false }}
            onChange={value => set({ want_from: value || undefined })}
          />
          <DayInput
            size="xs"
            clearable
            label={t('screens.to')}
            value={filter.want_to ?? ''}
            popoverProps={{ withinPortal: false }}
            onChange={value => set({ want_to: value || undefined })}
          />
        </Stack>
      </Chip>
      <Chip
        label={t('screens.columns.customer_name')}
        count={filter.customer_name ? 1 : 0}
        onOpen={() => setChoosing(true)}
        onClose={() => setChoosing(false)}
      >
        <Select
          size="xs"
          w={260}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('screens.clear') }}
          aria-label={t('screens.columns.customer_name')}
          comboboxProps={{ withinPortal: false }}
          value={filter.customer_name ?? null}
          data={[
            ...new Set([
              ...(facets.data?.customers ?? []).map(({ value }) => value),
              ...(filter.customer_name ? [filter.customer_name] : []),
            ]),
          ]}
          onChange={value => set({ customer_name: value ?? undefined })}
        />
      </Chip>
      <Chip label={t('screens.columns.document_language')} count={filter.document_language ? 1 : 0}>
        <Select
          size="xs"
          clearable
          clearButtonProps={{ 'aria-label': t('screens.clear') }}
          aria-label={t('screens.columns.document_language')}
          comboboxProps={{ withinPortal: false }}
          value={filter.document_language ?? null}
          data={documentLanguage.options.map(value => ({ value, label: t(`screens.languages.${value}`) }))}
          onChange={value =>
            set({ document_language: documentLanguage.options.find(code => code === value) })
          }
        />
      </Chip>
      <Checkbox
        size="xs"
        label={t('screens.only_late')}
        checked={filter.late}
        onChange={event => set({ late: event.currentTarget.checked })}
      />
      {isFiltered && (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          leftSection={<IconX size={12} />}
          onClick={() => {
            onText('');
            onFilter(noFilter);
          }}
        >
          {t('screens.clear')}
        </Button>
      )}
    </Group>
  );
}

interface ChipProps {
  label: string;
  count: number;
  onOpen?: () => void;
  onClose?: () => void;
  children: ReactNode;
}

function Chip({ label, count, onOpen, onClose, children }: ChipProps) {
  return (
    <Popover trapFocus withArrow shadow="md" position="bottom-start" onOpen={onOpen} onClose={onClose}>
      <Indicator inline label={count} disabled={count === 0} size={16}>
        <Popover.Target>
          <Button size="xs" variant="default" rightSection={<IconChevronDown size={12} />}>
            {label}
          </Button>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown>{children}</Popover.Dropdown>
    </Popover>
  );
}
