import { Badge, Box, Button, Group, SegmentedControl, Select, Table, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import type { AggregatedLine, BomTotals, TreeRow } from '../../../../preload/contract/bom.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { formatInstant, formatNumber, formatQuantity } from '../../../ui/formats.ts';
import type { GridColumn } from '../../../ui/grid-column.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { AddLine } from './AddLine.tsx';
import { BomTree, TypeBadge } from './BomTree.tsx';
import { subAssemblies } from './bom-rows.ts';
import { LineDetails } from './LineDetails.tsx';
import { RegenerateButton } from './RegenerateButton.tsx';
import { useBomTree } from './use-bom-tree.ts';
import { VersionsPanel } from './VersionsPanel.tsx';
import { WarningsButton } from './WarningsButton.tsx';

const VIEWS = ['tree', 'aggregated', 'assemblies', 'versions'] as const;
type View = (typeof VIEWS)[number];

/** The BOM of a build: tree, summed, by sub-assembly, and its versions. */
export function BomPanel({ order_id, bom_id }: { order_id: string; bom_id: string }) {
  const t = useTexts('bom');
  const { may } = useMe();
  const [chosen, setChosen] = useState<string | null>(null);
  const [view, setView] = useState<View>('tree');
  const [lineNo, setLineNo] = useState<number | null>(null);
  const shownId = chosen ?? bom_id;
  const { tree, error } = useBomTree(shownId);
  const versions = useAsk('bom.versions', { order_id });
  if (error) return <RefusalNotice failure={error} />;
  if (!tree) return null;
  const { header, rows, totals } = tree;
  const line = rows.find(({ row_no }) => row_no === lineNo) ?? null;
  const previous = versions.data?.versions.find(({ bom_version }) => bom_version === header.bom_version - 1);
  return (
    <Box style={{ display: 'flex', flexDirection: 'column', gap: 8, height: '100%', minHeight: 0 }}>
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label={t('screens.view')}
            value={view}
            data={VIEWS.map(value => ({ value, label: t(`screens.views.${value}`) }))}
            onChange={value => setView(VIEWS.find(name => name === value) ?? 'tree')}
          />
          <Select
            size="xs"
            w={190}
            aria-label={t('screens.version')}
            allowDeselect={false}
            value={shownId}
            data={(versions.data?.versions ?? []).map(version => ({
              value: version.bom_id,
              label: `${t('screens.version_n', { version: version.bom_version })} · ${t(`statuses.${version.status}`)}`,
            }))}
            onChange={value => {
              setChosen(value);
              setLineNo(null);
            }}
          />
          <BomStatus status={header.status} />
          {header.approved_by_name && (
            <Text size="xs" c="dimmed">
              {header.approved_by_name} · {formatInstant(header.approved_at_ms)}
            </Text>
          )}
          {view === 'tree' && header.status === 'DRAFT' && may('order_boms:update') && (
            <AddLine header={header} />
          )}
          {view === 'tree' && header.status === 'DRAFT' && may('order_boms:create') && (
            <RegenerateButton header={header} rows={rows} />
          )}
          {previous && (
            <Button
              size="compact-sm"
              variant="default"
              component={Link}
              to={`/boms/compare/${previous.bom_id}/${header.bom_id}`}
            >
              {t('screens.compare_previous')}
            </Button>
          )}
          <WarningsButton header={header} />
        </Group>
      </Group>
      <Box style={{ display: 'flex', gap: 12, flex: 1, minHeight: 0 }}>
        <Box style={{ flex: 1, minWidth: 0, minHeight: 0, display: 'flex', flexDirection: 'column' }}>
          {view === 'tree' && (
            <BomTree
              key={header.bom_id}
              rows={rows}
              selected={line}
              onSelect={row => setLineNo(row.row_no)}
            />
          )}
          {view === 'aggregated' && <Aggregated bom_id={header.bom_id} />}
          {view === 'assemblies' && totals && <Assemblies rows={rows} />}
          {view === 'versions' && <VersionsPanel order_id={order_id} />}
        </Box>
        {view === 'tree' && line && (
          <LineDetails header={header} row={line} onClose={() => setLineNo(null)} />
        )}
      </Box>
      <Totals totals={totals} />
    </Box>
  );
}

export function BomStatus({ status }: { status: string }) {
  const t = useTexts('bom');
  const color = status === 'APPROVED' ? 'green' : status === 'DRAFT' ? 'blue' : 'gray';
  return (
    <Badge
      variant="light"
      radius="sm"
      tt="none"
      miw="max-content"
      color={color}
      leftSection={status === 'DRAFT' ? <IconAlertTriangle size={12} aria-hidden /> : undefined}
      styles={{ label: { color: 'var(--mantine-color-text)' } }}
    >
      {t(`statuses.${status}`)}
    </Badge>
  );
}

/** Keeps its place while the whole tree is on its way. */
function Totals({ totals }: { totals: BomTotals | null }) {
  const t = useTexts('bom');
  const figures = [
    'top_level_lines',
    'rows',
    'distinct_parts',
    'distinct_assemblies',
    'max_level',
    'distinct_leaves',
  ] as const;
  return (
    <Group gap="md" component="footer">
      {figures.map(name => (
        <Text key={name} size="xs" c="dimmed">
          {t(`screens.totals.${name}`)} <b>{totals ? formatNumber(totals[name]) : '…'}</b>
        </Text>
      ))}
      <Text size="xs" c="dimmed">
        {t('screens.totals.total_leaf_quantity')}{' '}
        <b>{totals ? formatQuantity(totals.total_leaf_quantity_e6) : '…'}</b>
      </Text>
    </Group>
  );
}

function Aggregated({ bom_id }: { bom_id: string }) {
  const t = useTexts('bom');
  const found = useAsk('bom.aggregated', { bom_id });
  const columns = useMemo<GridColumn<AggregatedLine>[]>(
    () => [
      { key: 'item_id', title: t('screens.columns.item_id'), width: 220 },
      { key: 'name', title: t('screens.columns.name'), width: 320 },
      {
        key: 'item_type',
        title: t('screens.columns.item_type'),
        width: 110,
        value: row => t(`screens.types.${row.item_type}`),
        render: row => <TypeBadge type={row.item_type} />,
      },
      {
        key: 'total_quantity_e6',
        title: t('screens.columns.total_quantity_e6'),
        width: 110,
        kind: 'quantity',
      },
      { key: 'uom_code', title: t('screens.columns.uom_code'), width: 70 },
      { key: 'occurrences', title: t('screens.columns.occurrences'), width: 90, kind: 'number' },
      { key: 'category', title: t('screens.columns.category'), width: 180 },
      {
        key: 'manufacturer_part_number',
        title: t('screens.columns.manufacturer_part_number'),
        width: 160,
        hidden: true,
      },
    ],
    [t],
  );
  if (!found.data) return null;
  return (
    <DataGrid
      id="bom-aggregated"
      label={t('screens.views.aggregated')}
      rows={found.data.lines}
      columns={columns}
      rowKey={row => `${row.material_id ?? ''} ${row.item_id}`}
    />
  );
}

function Assemblies({ rows }: { rows: readonly TreeRow[] }) {
  const t = useTexts('bom');
  const found = useMemo(() => subAssemblies(rows), [rows]);
  return (
    <Box
      style={{ overflow: 'auto', flex: 1 }}
      tabIndex={0}
      role="group"
      aria-label={t('screens.views.assemblies')}
    >
      {found.map(assembly => (
        <Box key={assembly.item_id} mb="md" style={{ contentVisibility: 'auto' }}>
          <Title order={3} size="h6">
            {assembly.item_id} · {formatQuantity(assembly.total_quantity_e6)}
          </Title>
          <Text size="xs" c="dimmed">
            {assembly.name}
          </Text>
          <Table verticalSpacing={1} fz="sm">
            <Table.Tbody>
              {assembly.components.map(row => (
                <Table.Tr key={row.row_no}>
                  <Table.Td w={260}>{row.item_id}</Table.Td>
                  <Table.Td>{row.name}</Table.Td>
                  <Table.Td w={90} ta="right" style={{ fontVariantNumeric: 'tabular-nums' }}>
                    {formatQuantity(row.quantity_e6)}
                  </Table.Td>
                  <Table.Td w={60}>{row.uom_code}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Box>
      ))}
    </Box>
  );
}
