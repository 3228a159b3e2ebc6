import { expect, test } from 'vitest';
import { actsAgain } from '../../../renderer/app/one-press.ts';

const plain = { altKey: false, ctrlKey: false, metaKey: false };
const held = (key: string, place: 'page' | 'field' | 'text', keys: Partial<typeof plain> = {}) =>
  actsAgain({ key, ...plain, ...keys }, place);

test('what answers, books or opens does so once a press, however long the key is held', () => {
  for (const key of ['1', 'Enter', ' ', 'F4', 'F9', 'Escape', 'n'])
    expect(held(key, 'page'), key).toBe(false);
  expect(held('s', 'field', { ctrlKey: true })).toBe(false);
  expect(held('Enter', 'text', { ctrlKey: true })).toBe(false);
  expect(held('Enter', 'field')).toBe(false);
  expect(held('ArrowRight', 'page', { altKey: true })).toBe(false);
});
test('what moves, types or takes away goes on', () => {
  for (const key of ['ArrowDown', 'PageUp', 'Tab', 'Home', '+']) expect(held(key, 'page'), key).toBe(true);
  for (const key of ['a', ' ', '7', 'Backspace', 'ArrowLeft']) expect(held(key, 'field'), key).toBe(true);
  expect(held('Enter', 'text')).toBe(true);
  expect(held('z', 'text', { ctrlKey: true })).toBe(true);
});
