import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  Menu,
  Popover,
  Stack,
  Tabs,
  Text,
  TextInput,
} from '@mantine/core';
import { useDebouncedValue, useHotkeys } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import {
  IconColumns,
  IconCopy,
  IconDeviceFloppy,
  IconLayoutSidebarRight,
  IconPlus,
  IconPrinter,
  IconX,
} from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { OrderSummary } from '../../../../preload/contract/orders.ts';
import { useMe } from '../../../app/session.tsx';
import { ask } from '../../../rpc/client.ts';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { ExcelButton } from '../../reporting/parts/ExcelButton.tsx';
import { DraftStrip } from '../parts/DraftStrip.tsx';
import { FilterChips } from '../parts/FilterChips.tsx';
import { OrderGrid } from '../parts/OrderGrid.tsx';
import { OrderPreview } from '../parts/OrderPreview.tsx';
import { orderColumns, USUAL_COLUMNS } from '../parts/order-columns.tsx';
import {
  asTsv,
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
  const definition = definitionFrom(params.get('list')) ?? base;
  const columns = definition.columns.length > 0 ? definition.columns : USUAL_COLUMNS;
  const [text, setText] = useState(definition.filter.text);
  const [settledText] = useDebouncedValue(text, TEXT_DELAY_MS);
  const filter = { ...definition.filter, text: settledText };
  const facets = useAsk('orders.facets', { filter });
  const total = facets.data?.total ?? 0;
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState<OrderSummary | null>(null);
  const [isPreviewing, setPreviewing] = useState(false);

  const change = (patch: Partial<ListDefinition>) =>
    setParams({ view, list: JSON.stringify({ ...definition, filter, ...patch }) }, { replace: true });
  const choose = (name: string) => {
    const next = views.data?.find(({ saved_view_id }) => saved_view_id === name);
    const parsed = next ? listDefinition.safeParse(next.definition) : null;
    setText(parsed?.success ? parsed.data.filter.text : '');
    setSelected(new Set());
    setParams({ view: name }, { replace: true });
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
              input={{ filter, sort: definition.sort, ...(selected.size > 0 ? { ids: [...selected] } : {}) }}
              rows={selected.size || total}
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
            definition={{ ...definition, filter, columns }}
            onSaved={choose}
            removable={saved?.is_own ? saved.saved_view_id : null}
          />
          <Menu closeOnItemClick={false} position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="default" size="md" aria-label={t('screens.choose_columns')}>
                <IconColumns size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {orderColumns
                .filter(({ isFixed }) => !isFixed)
                .map(({ key }) => (
                  <Menu.Item
                    key={key}
                    role="menuitemcheckbox"
                    aria-checked={columns.includes(key)}
                    onClick={() =>
                      change({
                        columns: columns.includes(key)
                          ? columns.filter(name => name !== key)
                          : [...columns, key],
                      })
                    }
                  >
                    <Checkbox
                      size="xs"
                      readOnly
                      tabIndex={-1}
                      aria-hidden
                      checked={columns.includes(key)}
                      label={t(`screens.columns.${key}`)}
                    />
                  </Menu.Item>
                ))}
            </Menu.Dropdown>
          </Menu>
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
      {selected.size > 0 && (
        <SelectionBar
          selected={selected}
          definition={{ ...definition, filter }}
          columns={columns}
          onClear={() => setSelected(new Set())}
        />
      )}
      <div style={{ display: 'flex', gap: 12, flex: 1, minHeight: 0 }}>
        {facets.data && total === 0 ? (
          <div style={{ flex: 1 }}>
            <EmptyState title={t('screens.no_orders')} hint={t('screens.no_orders_text')} />
          </div>
        ) : (
          <OrderGrid
            filter={filter}
            sort={definition.sort}
            columns={columns}
            total={total}
            selected={selected}
            activeId={active?.order_id ?? null}
            onSort={sort => change({ sort })}
            onSelect={setSelected}
            onSelectAll={() =>
              void ask('orders.listIds', { filter, sort: definition.sort }).then(({ ids }) =>
                setSelected(new Set(ids)),
              )
            }
            onActive={setActive}
            onPreview={() => setPreviewing(before => !before)}
          />
        )}
        {isPreviewing && active && (
          <OrderPreview order_id={active.order_id} onClose={() => setPreviewing(false)} />
        )}
      </div>
    </Stack>
  );
}

function SelectionBar({
  selected,
  definition,
  columns,
  onClear,
}: {
  selected: ReadonlySet<string>;
  definition: ListDefinition;
  columns: readonly string[];
  onClear: () => void;
}) {
  const t = useTexts('orders');
  const shown = orderColumns.filter(({ key, isFixed }) => isFixed || columns.includes(key));
  const copy = async () => {
    const rows: OrderSummary[] = [];
    for (let offset = 0; rows.length < selected.size; offset += PAGE) {
      const page = await ask('orders.list', {
        filter: definition.filter,
        sort: definition.sort,
        offset,
        limit: PAGE,
      });
      rows.push(...page.rows.filter(({ order_id }) => selected.has(order_id)));
      if (page.rows.length < PAGE) break;
    }
    const head = shown.map(({ key }) => t(`screens.columns.${key}`));
    await navigator.clipboard.writeText(
      asTsv(
        head,
        rows.map(row => shown.map(column => column.text(row))),
      ),
    );
    notifications.show({ message: t('screens.copied', { count: rows.length }) });
  };
  const [only] = selected;
  return (
    <Group gap="xs" role="toolbar" aria-label={t('screens.selection')}>
      <Text size="sm" fw={600}>
        {t('screens.n_selected', { count: selected.size })}
      </Text>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconCopy size={14} />}
        onClick={() => void copy()}
      >
        {t('screens.copy')}
      </Button>
      {selected.size === 1 && only && (
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
        onClick={onClear}
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
