import { expect, test } from 'vitest';
import { differingParts } from '../../../renderer/modules/replication/parts/json-parts.rules.ts';
import { markOf, type Status, shareOf } from '../../../renderer/modules/replication/parts/mark.rules.ts';

const status = (more: Partial<Status>): Status => ({
  state: 'online',
  trouble: null,
  centre: null,
  waiting_units: 0,
  oldest_waiting_at_ms: null,
  waiting_files: 0,
  refused_rows: 0,
  last_contact_at_ms: null,
  complete_to_ms: null,
  clock_offset_ms: null,
  progress: null,
  ...more,
});
const trouble = (code: string) => ({ code, details: {} });

test('a cut line is no trouble; what does not pass by itself calls a person', () => {
  const kinds: [Partial<Status>, string][] = [
    [{ state: 'standalone' }, 'standalone'],
    [{ state: 'offline', trouble: trouble('centre_unreachable') }, 'offline'],
    [{ state: 'offline', trouble: trouble('centre_not_accepting') }, 'offline'],
    [{ state: 'offline', trouble: trouble('centre_certificate_wrong') }, 'trouble'],
    [{ state: 'stopped', trouble: trouble('centre_not_enrolled') }, 'trouble'],
    [{ state: 'online', trouble: trouble('clock_wrong') }, 'trouble'],
    [{ state: 'online', refused_rows: 3 }, 'trouble'],
    [{ state: 'pushing' }, 'exchanging'],
    [{ state: 'pulling' }, 'exchanging'],
    [{ state: 'catching_up' }, 'catching_up'],
    [{ state: 'online' }, 'online'],
  ];
  expect(kinds.map(([more]) => markOf(status(more)))).toEqual(kinds.map(([, kind]) => kind));
});

test('a share is told only when there is a total, and never passes the whole', () => {
  const share = (done: number, total: number) =>
    shareOf(status({ progress: { phase: 'load', done, total } }));
  expect([shareOf(status({})), share(0, 0), share(5, 20), share(30, 20)]).toEqual([null, null, 0.25, 1]);
});

test('of a document only the places that differ are shown', () => {
  const base = { length_in: 60, basins: [{ kind: 'E_SINK' }, { kind: 'E_DRAIN' }], note: null };
  const mine = { ...base, length_in: 72 };
  const theirs = { ...base, basins: [{ kind: 'E_SINK' }] };
  expect(differingParts(base, mine, theirs)).toEqual([
    { path: 'basins.1.kind', base: 'E_DRAIN', mine: 'E_DRAIN', theirs: null },
    { path: 'length_in', base: '60', mine: '72', theirs: '60' },
  ]);
  expect(differingParts(base, base, base)).toEqual([]);
});
