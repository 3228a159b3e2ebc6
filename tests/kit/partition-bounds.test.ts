import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Partitions } from '../../db/kit/define-table.ts';
import {
  boundsOf,
  dueBounds,
  idAt,
  instantOf,
  isPastKeeping,
  partitionName,
} from '../../db/postgres/partition-bounds.ts';

const INTERVALS = ['week', 'month', 'quarter', 'half_year'] as const satisfies Partitions['every'][];
const at = (text: string): number => Date.parse(`${text}Z`);
const days = (from: string, to: string) => ({ from_ms: at(`${from}T00:00`), to_ms: at(`${to}T00:00`) });

test.each([
  [
    'OR-PRT-1',
    '2025-11-09T23:59:59',
    [
      days('2025-11-03', '2025-11-10'),
      days('2025-11-01', '2025-12-01'),
      days('2025-10-01', '2026-01-01'),
      days('2025-07-01', '2026-01-01'),
    ],
  ],
  [
    'OR-PRT-2',
    '2025-12-31T12:00',
    [
      days('2025-12-29', '2026-01-05'),
      days('2025-12-01', '2026-01-01'),
      days('2025-10-01', '2026-01-01'),
      days('2025-07-01', '2026-01-01'),
    ],
  ],
  [
    'OR-PRT-3',
    '2026-01-01T00:00',
    [
      days('2025-12-29', '2026-01-05'),
      days('2026-01-01', '2026-02-01'),
      days('2026-01-01', '2026-04-01'),
      days('2026-01-01', '2026-07-01'),
    ],
  ],
])('%s: %s lies in its week, month, quarter and half-year', (_name, instant, expected) => {
  expect(INTERVALS.map(every => boundsOf(every, at(instant)))).toEqual(expected);
});

const anInstant = fc.integer({ min: at('2020-01-01T00:00'), max: at('2120-01-01T00:00') });
test('intervals hold their instant, follow each other without a gap, and their ids are in the order of time', () => {
  fc.assert(
    fc.property(fc.constantFrom(...INTERVALS), anInstant, (every, now_ms) => {
      const bounds = boundsOf(every, now_ms);
      expect(bounds.from_ms).toBeLessThanOrEqual(now_ms);
      expect(now_ms).toBeLessThan(bounds.to_ms);
      expect(boundsOf(every, bounds.to_ms - 1)).toEqual(bounds);
      expect(boundsOf(every, bounds.to_ms).from_ms).toBe(bounds.to_ms);
      expect([idAt(bounds.from_ms), idAt(now_ms), idAt(bounds.to_ms)].sort()).toEqual([
        idAt(bounds.from_ms),
        idAt(now_ms),
        idAt(bounds.to_ms),
      ]);
      expect(instantOf(idAt(now_ms))).toBe(now_ms);
    }),
  );
});

test('the interval of now and two more are due; one is past when all of it is', () => {
  const now_ms = at('2025-11-09T23:59:59');
  expect(dueBounds('half_year', now_ms).map(b => partitionName('audit_logs', b))).toEqual([
    'audit_logs_p20250701',
    'audit_logs_p20260101',
    'audit_logs_p20260701',
  ]);
  expect(dueBounds('week', now_ms).map(b => partitionName('qr_code_scans', b))).toEqual([
    'qr_code_scans_p20251103',
    'qr_code_scans_p20251110',
    'qr_code_scans_p20251117',
  ]);
  const keeping = { every: 'week', keep_years: 1 } as const;
  const a_week = days('2024-11-04', '2024-11-11');
  expect(isPastKeeping(a_week, keeping, at('2025-11-10T23:59'))).toBe(false);
  expect(isPastKeeping(a_week, keeping, at('2025-11-11T00:00'))).toBe(true);
});
