import type { StationFacts } from '../../../preload/contract/replication.ts';
import { defineSheet, type Sheet } from '../../platform/sheet.ts';

const seconds = (ms: number | null): number | null => (ms === null ? null : Math.round(ms / 1000));

export const stationsSheet = (stations: readonly StationFacts[]): Sheet =>
  defineSheet<StationFacts>({
    id: 'stations',
    row_count: stations.length,
    rows: () => stations,
    columns: [
      { key: 'station_code', kind: 'text', width: 18, value: s => s.station_code, total: 'count' },
      { key: 'state', kind: 'text', width: 14, value: s => s.state, words: 'station_state' },
      { key: 'last_seen_at_ms', kind: 'instant', width: 18, value: s => s.last_seen_at_ms },
      { key: 'queue', kind: 'integer', width: 10, value: s => s.queue },
      { key: 'behind', kind: 'integer', width: 10, value: s => s.behind },
      { key: 'clock_offset_s', kind: 'integer', width: 12, value: s => seconds(s.clock_offset_ms) },
      { key: 'app_version', kind: 'text', width: 14, value: s => s.app_version },
      { key: 'schema_version', kind: 'integer', width: 10, value: s => s.schema_version },
    ],
  });
