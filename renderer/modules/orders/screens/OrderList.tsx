import { ActionIcon, Button, Group, Popover, Stack, Tabs, Text, TextInput } from '@mantine/core';
import { useDebouncedValue, useHotkeys } from '@mantine/hooks';
import { IconDeviceFloppy, IconLayoutSidebarRight, IconPlus } from '@tabler/icons-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { type OrderSummary, orderId, orderSort } from '../../../../preload/contract/orders.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { countOf, NOTHING, type Selection } from '../../../ui/selection.rules.ts';
import { useTexts } from '../../../ui/texts.ts';
import { ImportButton } from '../../imports/parts/ImportButton.tsx';
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
import { SelectionBar } from '../parts/SelectionBar.tsx';
import { useOrderRows } from '../parts/use-order-rows.ts';

const LIST = 'orders';
const TEXT_DELAY_MS = 50;
const selectedPart = ({ is_all, keys }: Selection) => {
  const ids = keys.map(key => orderId.parse(key));
  return ids.length === 0 ? {} : is_all ? { except: ids } : { ids };
};

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
  const { source, total, isPending } = useOrderRows(filter, definition.sort);
  const [selection, setSelection] = useState(NOTHING);
  const selected = countOf(selection, total);
  // "All but these" means the rows of one filter; under another one nothing is chosen any more.
  const filterKey = JSON.stringify(filter);
  const [selectedUnder, setSelectedUnder] = useState(filterKey);
  if (selectedUnder !== filterKey) {
    setSelectedUnder(filterKey);
    setSelection(NOTHING);
  }
  const [active, setActive] = useState<OrderSummary | null>(null);
  const [isPreviewing, setPreviewing] = useState(false);

  const change = (patch: Partial<ListDefinition>) =>
    setParams({ view, list: JSON.stringify({ ...definition, filter, ...patch }) }, { replace: true });
  const choose = (name: string) => {
    const next = views.data?.find(({ saved_view_id }) => saved_view_id === name);
    const parsed = next ? listDefinition.safeParse(next.definition) : null;
    setText(parsed?.success ? parsed.data.filter.text : '');
    setSelection(NOTHING);
    setParams({ view: name }, { replace: true });
  };
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
              input={{ filter, sort: definition.sort, ...selectedPart(selection) }}
              rows={selected || total}
            />
            <ImportButton kind="orders" />
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
      {selected > 0 && source && (
        <SelectionBar selection={selection} source={source} onSelect={setSelection} />
      )}
      <div style={{ display: 'flex', gap: 12, flex: 1, minHeight: 0 }}>
        {source && total === 0 ? (
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
              selection={selection}
              onSelect={setSelection}
              onCursor={row => row && setActive(row)}
              loading={isPending}
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
