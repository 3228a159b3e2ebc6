import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatDuration,
  formatInstant,
  formatQuantity,
  formatSize,
  parseQuantity,
} from '../../../renderer/ui/formats.ts';

describe('sizes', () => {
  it('follow the language', () => {
    expect(formatSize(101.6, 50.8, 'en')).toBe('101.6 × 50.8 mm');
    expect(formatSize(101.6, 50.8, 'fr')).toBe('101,6 × 50,8 mm');
  });
});
describe('quantities', () => {
  it('show what is there, or the places of the unit', () => {
    expect(formatQuantity(1_500_000, undefined, 'en')).toBe('1.5');
    expect(formatQuantity(1_500_000, undefined, 'fr')).toBe('1,5');
    expect(formatQuantity(2_000_000, 3, 'en')).toBe('2.000');
    expect(formatQuantity(1, undefined, 'en')).toBe('0.000001');
  });
  it('read comma and point, spaces between thousands, and refuse anything else', () => {
    expect(parseQuantity('1,5')).toBe(1_500_000);
    expect(parseQuantity('1\u202f234.5')).toBe(1_234_500_000);
    expect(parseQuantity('-0.000001')).toBe(-1);
    expect(parseQuantity('.5')).toBe(500_000);
    for (const junk of ['', '-', '1.2.3', '1e3', 'ten', '0.0000001', '99999999999'])
      expect(parseQuantity(junk)).toBeUndefined();
  });
  it('read back what they show in each language', () => {
    const quantity_e6 = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });
    fc.assert(
      fc.property(quantity_e6, fc.constantFrom('fr', 'es'), (value, language) => {
        // Groups of thousands with points or commas are not typed by people; only the decimals are read back.
        const shown = formatQuantity(value, undefined, language).replace(/\.(?=\d{3})/g, '');
        expect(parseQuantity(shown)).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});

it('shows an instant in the zone of the plant, with its name when asked', () => {
  const at_ms = Date.UTC(2026, 10, 20, 14, 5);
  expect(formatInstant(at_ms, 'America/Toronto', { language: 'en' })).toBe('2026-11-20 09:05');
  expect(formatInstant(at_ms, 'America/Toronto', { language: 'en', withZone: true })).toBe(
    '2026-11-20 09:05 EST',
  );
  expect(formatInstant(Date.UTC(2026, 0, 1, 0, 0), 'UTC', { language: 'es' })).toBe('2026-01-01 00:00');
  expect(formatInstant(null)).toBe('');
});
it('shows durations and bytes', () => {
  expect([formatDuration(5), formatDuration(65), formatDuration(3_661)]).toEqual(['0:05', '1:05', '1:01:01']);
  expect([formatBytes(0, 'en'), formatBytes(1023, 'en'), formatBytes(1536, 'en')]).toEqual([
    '0 B',
    '1,023 B',
    '1.5 KB',
  ]);
  expect(formatBytes(1536, 'fr')).toBe('1,5 Ko');
});
