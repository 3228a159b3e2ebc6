import { ActionIcon, Button, Group, Stack, Tabs, Text } from '@mantine/core';
import { useDebouncedValue, useHotkeys } from '@mantine/hooks';
import { IconLayoutSidebarRight, IconPlus } from '@tabler/icons-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { type OrderSummary, orderId, orderSort } from '../../../../preload/contract/orders.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { countOf, NOTHING, type Selection } from '../../../ui/selection.rules.ts';
import { useTexts } from '../../../ui/texts.ts';
import { ImportButton } from '../../imports/parts/ImportButton.tsx';
import { ExcelButton } from '../../reporting/parts/ExcelButton.tsx';
import { DraftStrip } from '../parts/DraftStrip.tsx';
import { FilterChips } from '../parts/FilterChips.tsx';
import { GroupMenu, useGroups } from '../parts/GroupMenu.tsx';
import { OrderPreview } from '../parts/OrderPreview.tsx';
import { useOrderColumns } from '../parts/order-columns.tsx';
import {
  BUILT_IN_VIEWS,
  builtIn,
  definitionFrom,
  type ListDefinition,
  listDefinition,
} from '../parts/order-views.ts';
import { SaveView } from '../parts/SaveView.tsx';
import { SelectionBar } from '../parts/SelectionBar.tsx';
import { useOrderRows } from '../parts/use-order-rows.ts';

const LIST = 'orders';
const TEXT_DELAY_MS = 50;
/** Space on the heading of a group opens or closes it. */
const isOnHeading = ({ currentTarget }: KeyboardEvent): boolean => {
  const active = currentTarget.querySelector('[role=treegrid]')?.getAttribute('aria-activedescendant');
  return document.getElementById(active ?? '')?.getAttribute('aria-level') === '1';
};
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
  const { source, total, isPending, ...made } = useOrderRows(filter, definition.sort, definition.group);
  const groups = useGroups(made.groups, made.grouped_by);
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
    const role = event.target instanceof HTMLElement ? event.target.getAttribute('role') : null;
    const isOnList = role === 'grid' || (role === 'treegrid' && !isOnHeading(event));
    if (event.key !== ' ' || !isOnList || event.ctrlKey || event.shiftKey) return;
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
              input={{ filter, sort: definition.sort, group: definition.group, ...selectedPart(selection) }}
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
          <GroupMenu
            group={definition.group}
            onGroup={group => change({ group, collapsed: NOTHING })}
            onCollapse={collapsed => change({ collapsed })}
          />
          <SaveView
            list={LIST}
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
      <FilterChips
        filter={filter}
        text={text}
        searchRef={search}
        onText={setText}
        onFilter={next => change({ filter: next })}
      />
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
              groups={groups}
              collapsed={definition.collapsed}
              onCollapse={collapsed => change({ collapsed })}
              sort={definition.sort}
              onSort={({ by, direction }) => {
                const sorted = orderSort.safeParse({ by, direction });
                if (sorted.success) change({ sort: sorted.data });
              }}
              href={row => `/orders/${row.order_id}`}
              selection={selection}
              onSelect={setSelection}
              onCursor={row => row && setActive(row)}
              bar={
                <Text size="sm" aria-live="polite">
                  {t('screens.n_orders', { count: total })}
                </Text>
              }
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
