import { Button, Group, Text } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import type { StationFacts } from '../../../../preload/contract/replication.ts';
import { useMe } from '../../../app/session.tsx';
import { useJob } from '../../../rpc/hooks.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import type { GridColumn } from '../../../ui/grid-column.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { StatusBadge, type Tone } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { ExcelButton } from '../../reporting/parts/ExcelButton.tsx';

const TONES: Record<string, Tone> = {
  invited: 'waiting',
  active: 'good',
  revoked: 'bad',
  forked: 'warning',
  expired: 'warning',
};
const EMPTY: Record<string, string> = { done: 'stations.none', failed: 'stations.no_answer' };
/** Two minutes: from there on times in records mislead. */
const WRONG_CLOCK_MS = 120_000;

/** Every station of the organization, as the centre knows them now. */
export function StationsPanel() {
  const t = useTexts('replication');
  const { timezone } = useMe();
  const job = useJob('replication.stations');
  const { start, state } = job;
  useEffect(() => void start({}), [start]);
  const columns = useStationColumns();
  const rows = state.kind === 'done' ? state.value : [];
  return (
    <>
      <RefusalNotice failure={state.error} />
      <DataGrid
        id="stations"
        label={t('stations.title')}
        columns={columns}
        rows={rows}
        rowKey={row => row.station_code}
        timezone={timezone}
        loading={state.kind === 'running'}
        empty={<EmptyState title={t(EMPTY[state.kind] ?? 'stations.asking')} />}
        bar={
          <Group gap="xs">
            {state.kind === 'done' && <Text size="sm">{t('stations.count', { count: rows.length })}</Text>}
            <Button
              size="xs"
              variant="default"
              loading={state.kind === 'running'}
              onClick={() => void start({})}
            >
              {t('stations.again')}
            </Button>
            {rows.length > 0 && (
              <ExcelButton path="reporting.exportStations" input={{ rows }} rows={rows.length} is_compact />
            )}
          </Group>
        }
      />
    </>
  );
}

function useStationColumns(): GridColumn<StationFacts>[] {
  const t = useTexts('replication');
  return useMemo(() => {
    const columns: Omit<GridColumn<StationFacts>, 'title'>[] = [
      {
        key: 'station_code',
        width: 200,
        value: row => row.station_code,
        render: row => (
          <>
            {row.station_code}
            {row.is_this && (
              <Text span size="xs" c="dimmed" ml={6}>
                {t('stations.this')}
              </Text>
            )}
          </>
        ),
      },
      {
        key: 'state',
        width: 130,
        kind: 'badge',
        value: row => t(`stations.states.${row.state}`, { defaultValue: row.state }),
        render: row => (
          <StatusBadge
            tone={TONES[row.state] ?? 'neutral'}
            label={t(`stations.states.${row.state}`, { defaultValue: row.state })}
          />
        ),
      },
      { key: 'last_seen_at_ms', width: 160, kind: 'instant' },
      { key: 'queue', width: 100, kind: 'number' },
      {
        key: 'behind',
        width: 120,
        kind: 'number',
        render: row =>
          row.behind === 0
            ? t('stations.up_to_date')
            : row.behind !== null && t('stations.behind', { count: row.behind }),
      },
      {
        key: 'clock_offset_ms',
        width: 110,
        kind: 'number',
        value: row => (row.clock_offset_ms === null ? null : Math.round(row.clock_offset_ms / 1000)),
        render: row => <Clock offset_ms={row.clock_offset_ms} />,
      },
      { key: 'app_version', width: 120 },
      { key: 'schema_version', width: 100, kind: 'number' },
    ];
    return columns.map(column => ({ sortable: true, ...column, title: t(`stations.columns.${column.key}`) }));
  }, [t]);
}

function Clock({ offset_ms }: { offset_ms: number | null }) {
  if (offset_ms === null) return null;
  const seconds = String(Math.round(offset_ms / 1000));
  return Math.abs(offset_ms) > WRONG_CLOCK_MS ? <StatusBadge tone="warning" label={seconds} /> : seconds;
}
