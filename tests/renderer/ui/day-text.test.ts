import { expect, test } from 'vitest';
import { readDay } from '../../../renderer/ui/day-text.ts';

test('a day is read as people write it', () => {
  for (const text of [
    '2026-12-31',
    '2026/12/31',
    '2026.12.31',
    '20261231',
    '31/12/2026',
    '31.12.2026',
    '12/31/2026',
  ])
    expect(readDay(` ${text} `), text).toBe('2026-12-31');
  expect(readDay('2027-1-9')).toBe('2027-01-09');
  expect(readDay('04/04/2027')).toBe('2027-04-04');
});

test('what is no day, or could be two, is not guessed', () => {
  for (const text of [
    '',
    '2',
    '03/04/2027',
    '2027-02-30',
    '31/31/2026',
    '2027-1',
    '2027112',
    '29/02/2027',
    'tomorrow',
    '1/2/27',
  ])
    expect(readDay(text), text).toBeNull();
});
