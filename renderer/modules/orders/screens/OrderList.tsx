import { ActionIcon, Button, Group, Popover, Stack, Tabs, Text, TextInput } from '@mantine/core';
import { useDebouncedValue, useHotkeys } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import {
  IconCopy,
  IconDeviceFloppy,
  IconLayoutSidebarRight,
  IconPlus,
  IconPrinter,
  IconX,
} from '@tabler/icons-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { type OrderSummary, orderSort } from '../../../../preload/contract/orders.ts';
import { useMe } from '../../../app/session.tsx';
import { ask } from '../../../rpc/client.ts';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { toTsv as asTsv } from '../../../ui/grid.rules.ts';
import { cellText, copyText } from '../../../ui/grid-column.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { useTexts } from '../../../ui/texts.ts';
import type { RowSource } from '../../../ui/use-grid-rows.ts';
import { ExcelButton } from '../../reporting/parts/ExcelButton.tsx';
import { DraftStrip } from '../parts/DraftStrip.tsx';
import { FilterChips } from '../parts/FilterChips.tsx';
import { OrderPreview } from '../parts/OrderPreview.tsx';
import { useOrderColumns } from '../parts/order-columns.tsx';
import {
  BUILT_IN_VIEWS,
  builtIn,
  definitionFrom,
  type ListDefinition,
  listDefinition,
} from '../parts/order-views.ts';

const LIST = 'orders';
const PAGE = 1000;
const TEXT_DELAY_MS = 120;

export default function OrderList() {
  const t = useTexts('orders');
  const { may } = useMe();
  const [params, setParams] = useSearchParams();
  const search = useRef<HTMLInputElement>(null);
  const views = useAsk('infrastructure.listSavedViews', { list: LIST });
  const view = params.get('view') ?? 'all';
  const saved = views.data?.find(({ saved_view_id }) => saved_view_id === view);
  const known = BUILT_IN_VIEWS.find(name => name === view);
  const base: ListDefinition = saved
    ? listDefinition.catch(builtIn.all).parse(saved.definition)
    : builtIn[known ?? 'all'];
  const stated = params.get('list');
  // One object while nothing changes, so that the rows on screen are kept.
  const baseKey = JSON.stringify(base);
  const definition = useMemo(
    () => definitionFrom(stated) ?? listDefinition.parse(JSON.parse(baseKey)),
    [stated, baseKey],
  );
  const columns = useOrderColumns();
  const [text, setText] = useState(definition.filter.text);
  const [settledText] = useDebouncedValue(text, TEXT_DELAY_MS);
  const filter = useMemo(() => ({ ...definition.filter, text: settledText }), [definition, settledText]);
  const facets = useAsk('orders.facets', { filter });
  const total = facets.data?.total ?? 0;
  const [selected, setSelected] = useState<string[]>([]);
  const [active, setActive] = useState<OrderSummary | null>(null);
  const [isPreviewing, setPreviewing] = useState(false);

  const change = (patch: Partial<ListDefinition>) =>
    setParams({ view, list: JSON.stringify({ ...definition, filter, ...patch }) }, { replace: true });
  const choose = (name: string) => {
    const next = views.data?.find(({ saved_view_id }) => saved_view_id === name);
    const parsed = next ? listDefinition.safeParse(next.definition) : null;
    setText(parsed?.success ? parsed.data.filter.text : '');
    setSelected([]);
    setParams({ view: name }, { replace: true });
  };
  const source = useMemo<RowSource<OrderSummary>>(
    () => ({
      count: total,
      version: [filter, definition.sort],
      load: async (offset, limit) =>
        (await ask('orders.list', { filter, sort: definition.sort, offset, limit })).rows,
    }),
    [total, filter, definition.sort],
  );
  /** Space looks at the row; with Control or Shift it still ticks it. */
  const peek = (event: KeyboardEvent) => {
    const isGrid = event.target instanceof HTMLElement && event.target.getAttribute('role') === 'grid';
    if (event.key !== ' ' || !isGrid || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    setPreviewing(before => !before);
  };
  useHotkeys([['mod+F', () => search.current?.focus()]], []);

  return (
    <Stack gap="xs" h="100%" style={{ minHeight: 0 }}>
      <PageHeader
        title={t('screens.orders')}
        actions={
          <>
            <ExcelButton
              path="reporting.exportOrders"
              input={{ filter, sort: definition.sort, ...(selected.length > 0 ? { ids: selected } : {}) }}
              rows={selected.length || total}
            />
            {may('orders:create') && (
              <Button component={Link} to="/orders/new" leftSection={<IconPlus size={16} />}>
                {t('screens.new_order')}
              </Button>
            )}
          </>
        }
      />
      {may('orders:create') && <DraftStrip />}
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Tabs
          value={saved ? view : (known ?? 'all')}
          onChange={value => choose(value ?? 'all')}
          variant="pills"
          style={{ minWidth: 0 }}
        >
          <Tabs.List>
            {BUILT_IN_VIEWS.map(name => (
              <Tabs.Tab key={name} value={name} py={4}>
                {t(`screens.views.${name}`)}
              </Tabs.Tab>
            ))}
            {views.data?.map(entry => (
              <Tabs.Tab key={entry.saved_view_id} value={entry.saved_view_id} py={4}>
                {entry.view_name}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </Tabs>
        <Group gap={4} wrap="nowrap">
          <SaveView
            definition={{ ...definition, filter }}
            onSaved={choose}
            removable={saved?.is_own ? saved.saved_view_id : null}
          />
          <ActionIcon
            variant={isPreviewing ? 'filled' : 'default'}
            size="md"
            aria-pressed={isPreviewing}
            aria-label={t('screens.preview')}
            onClick={() => setPreviewing(!isPreviewing)}
          >
            <IconLayoutSidebarRight size={16} />
          </ActionIcon>
        </Group>
      </Group>
      <Group justify="space-between" gap="xs">
        <FilterChips
          filter={filter}
          text={text}
          searchRef={search}
          onText={setText}
          onFilter={next => change({ filter: next })}
        />
        <Text size="sm" c="dimmed" aria-live="polite">
          {t('screens.n_orders', { count: total })}
        </Text>
      </Group>
      {selected.length > 0 && (
        <SelectionBar
          selected={selected}
          total={total}
          definition={{ ...definition, filter }}
          onSelect={setSelected}
        />
      )}
      <div style={{ display: 'flex', gap: 12, flex: 1, minHeight: 0 }}>
        {facets.data && total === 0 ? (
          <div style={{ flex: 1 }}>
            <EmptyState title={t('screens.no_orders')} hint={t('screens.no_orders_text')} />
          </div>
        ) : (
          <div style={{ flex: 1, minWidth: 0, minHeight: 0, display: 'flex' }} onKeyDownCapture={peek}>
            <DataGrid
              id="orders"
              label={t('screens.orders')}
              columns={columns}
              rowKey={row => row.order_id}
              source={source}
              sort={definition.sort}
              onSort={({ by, direction }) => {
                const sorted = orderSort.safeParse({ by, direction });
                if (sorted.success) change({ sort: sorted.data });
              }}
              href={row => `/orders/${row.order_id}`}
              selected={selected}
              onSelect={setSelected}
              onCursor={row => row && setActive(row)}
              loading={facets.isPending}
            />
          </div>
        )}
        {isPreviewing && active && (
          <OrderPreview order_id={active.order_id} onClose={() => setPreviewing(false)} />
        )}
      </div>
    </Stack>
  );
}

interface SelectionBarProps {
  selected: string[];
  total: number;
  definition: ListDefinition;
  onSelect: (ids: string[]) => void;
}

function SelectionBar({ selected, total, definition, onSelect }: SelectionBarProps) {
  const t = useTexts('orders');
  const columns = useOrderColumns();
  const { filter, sort } = definition;
  const copy = async () => {
    const wanted = new Set(selected);
    const rows: OrderSummary[] = [];
    for (let offset = 0; rows.length < wanted.size; offset += PAGE) {
      const page = await ask('orders.list', { filter, sort, offset, limit: PAGE });
      rows.push(...page.rows.filter(({ order_id }) => wanted.has(order_id)));
      if (page.rows.length < PAGE) break;
    }
    const shown = columns.filter(({ hidden }) => !hidden);
    const lines = rows.map(row => shown.map(column => cellText(column, row)));
    await copyText(asTsv([shown.map(({ title }) => title), ...lines]));
    notifications.show({ message: t('screens.copied', { count: rows.length }) });
  };
  const [only] = selected;
  return (
    <Group gap="xs" role="toolbar" aria-label={t('screens.selection')}>
      <Text size="sm" fw={600}>
        {t('screens.n_selected', { count: selected.length })}
      </Text>
      {selected.length < total && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => void ask('orders.listIds', { filter, sort }).then(({ ids }) => onSelect(ids))}
        >
          {t('screens.select_all_n', { count: total })}
        </Button>
      )}
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconCopy size={14} />}
        onClick={() => void copy()}
      >
        {t('screens.copy')}
      </Button>
      {selected.length === 1 && only && (
        <Button
          size="compact-sm"
          variant="default"
          component={Link}
          to={`/print/order_confirmation?order=${only}`}
          leftSection={<IconPrinter size={14} />}
        >
          {t('screens.print')}
        </Button>
      )}
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        leftSection={<IconX size={14} />}
        onClick={() => onSelect([])}
      >
        {t('screens.clear_selection')}
      </Button>
    </Group>
  );
}

function SaveView({
  definition,
  onSaved,
  removable,
}: {
  definition: ListDefinition;
  onSaved: (id: string) => void;
  removable: string | null;
}) {
  const t = useTexts('orders');
  const [name, setName] = useState('');
  const [isOpen, setOpen] = useState(false);
  const save = useCommand('infrastructure.saveSavedView');
  const remove = useCommand('infrastructure.deleteSavedView');
  const submit = async () => {
    const done = await save.run({ list: LIST, view_name: name.trim(), definition }).catch(() => null);
    if (!done) return;
    setOpen(false);
    setName('');
    onSaved(done.saved_view_id);
  };
  return (
    <>
      {removable && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          onClick={() =>
            void remove.run({ saved_view_id: removable }).then(
              () => onSaved('all'),
              () => undefined,
            )
          }
        >
          {t('screens.remove_view')}
        </Button>
      )}
      <Popover opened={isOpen} onChange={setOpen} trapFocus position="bottom-end" shadow="md">
        <Popover.Target>
          <ActionIcon
            variant="default"
            size="md"
            aria-label={t('screens.save_view')}
            onClick={() => setOpen(!isOpen)}
          >
            <IconDeviceFloppy size={16} />
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown>
          <form
            onSubmit={event => {
              event.preventDefault();
              void submit();
            }}
          >
            <Group align="flex-end" gap="xs">
              <TextInput
                size="xs"
                label={t('screens.view_name')}
                maxLength={80}
                value={name}
                onChange={event => setName(event.currentTarget.value)}
              />
              <Button size="xs" type="submit" disabled={name.trim() === ''} loading={save.pending}>
                {t('screens.save')}
              </Button>
            </Group>
          </form>
        </Popover.Dropdown>
      </Popover>
    </>
  );
}
