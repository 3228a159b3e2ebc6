import { Button, Group, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { MaterialSummary } from '../../../../preload/contract/catalogue.ts';
import { useMe } from '../../../app/session.tsx';
import { ask } from '../../../rpc/client.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import type { InputAt } from '../../../rpc/paths.ts';
import { DataGrid, type GridSort } from '../../../ui/DataGrid.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FilterBar } from '../../../ui/FilterBar.tsx';
import { formatNumber } from '../../../ui/formats.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { SearchInput } from '../../../ui/SearchInput.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { ExcelButton } from '../../reporting/parts/ExcelButton.tsx';
import { CategoryTree } from '../parts/CategoryTree.tsx';
import { ImportMenu } from '../parts/ImportMenu.tsx';
import { ItemForm } from '../parts/ItemForm.tsx';
import { itemColumns } from '../parts/item-columns.tsx';
import { KINDS, kindOf } from '../parts/kinds.ts';

type Filter = Omit<InputAt<'catalogue.listMaterials'>, 'offset' | 'limit'>;
const ACTIVE = ['active', 'inactive', 'all'] as const;

/** Everything that can be in a bill, by category and search. */
export function CatalogueScreen() {
  const t = useTexts('catalogue');
  const { may } = useMe();
  const [params, setParams] = useSearchParams();
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed, 120);
  const [category_id, setCategory] = useState<Filter['category_id']>(null);
  const [kind, setKind] = useState<Filter['kind']>(null);
  const [active, setActive] = useState<Filter['active']>('active');
  const [sort, setSort] = useState<GridSort>({ by: 'material_number', direction: 'asc' });
  const filter: Filter = useMemo(
    () => ({
      text,
      category_id,
      kind,
      active,
      sort: sortKey(sort.by),
      descending: sort.direction === 'desc',
    }),
    [text, category_id, kind, active, sort],
  );
  const tree = useAsk('catalogue.categoryTree', {});
  const first = useAsk('catalogue.listMaterials', { ...filter, offset: 0, limit: 1 }, { keepPrevious: true });
  const source = useMemo(
    () => ({
      count: first.data?.total ?? 0,
      version: JSON.stringify([filter, first.dataUpdatedAt]),
      load: async (offset: number, limit: number): Promise<readonly MaterialSummary[]> =>
        (await ask('catalogue.listMaterials', { ...filter, offset, limit })).items,
    }),
    [filter, first.data?.total, first.dataUpdatedAt],
  );
  const isNew = params.get('new') === '1';
  const columns = useMemo(() => itemColumns(t), [t]);
  return (
    <>
      <PageHeader
        title={t('list.title')}
        actions={
          <>
            <ExcelButton
              path="reporting.exportCatalogue"
              input={{ filter: { text, category_id, kind, active } }}
              rows={first.data?.total ?? 0}
            />
            <ImportMenu />
            {may('materials:create') && (
              <Button
                leftSection={<IconPlus size={16} aria-hidden />}
                onClick={() => setParams({ new: '1' })}
              >
                {t('list.new')}
              </Button>
            )}
          </>
        }
      />
      <FilterBar>
        <SearchInput value={typed} onChange={setTyped} label={t('list.search')} width={320} />
        <Select
          aria-label={t('fields.material_kind')}
          placeholder={t('list.any_kind')}
          clearable
          w={180}
          data={KINDS.map(value => ({ value, label: t(`kinds.${value}`) }))}
          value={kind ?? null}
          onChange={value => setKind(kindOf(value))}
        />
        <Select
          aria-label={t('list.state')}
          w={150}
          allowDeselect={false}
          data={ACTIVE.map(value => ({ value, label: t(`list.${value}`) }))}
          value={active ?? 'active'}
          onChange={value => setActive(ACTIVE.find(known => known === value) ?? 'active')}
        />
        <span role="status" className="figures">
          {t('list.count', { count: first.data?.total ?? 0, shown: formatNumber(first.data?.total ?? 0) })}
        </span>
      </FilterBar>
      <RefusalNotice failure={first.error ?? tree.error} />
      <Group align="stretch" wrap="nowrap" gap="md" style={{ flex: 1, minHeight: 0 }}>
        <CategoryTree
          categories={tree.data?.categories ?? []}
          chosen={category_id ?? null}
          onChoose={setCategory}
          may_edit={may('materials:update')}
        />
        <div style={{ flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column' }}>
          <DataGrid
            id="catalogue.items"
            label={t('list.title')}
            columns={columns}
            source={source}
            rowKey={row => row.material_id}
            href={row => `/catalogue/items/${row.material_id}`}
            sort={sort}
            onSort={setSort}
            empty={<EmptyState title={t('list.empty')} hint={t('list.empty_hint')} />}
          />
        </div>
      </Group>
      {isNew && <ItemForm onClose={() => setParams({})} />}
    </>
  );
}

const sortKey = (by: string): Filter['sort'] =>
  by === 'material_name' || by === 'material_kind' ? by : 'material_number';
