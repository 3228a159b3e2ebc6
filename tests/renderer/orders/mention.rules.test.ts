import { expect, test } from 'vitest';
import {
  completed,
  matching,
  mentionedIn,
  openMention,
} from '../../../renderer/modules/orders/parts/mention.rules.ts';

const people = [
  { user_id: '1', full_name: 'Élise Tremblay' },
  { user_id: '2', full_name: 'Ann Roy' },
  { user_id: '3', full_name: 'Ann Roy-Martin' },
];

test('an @ that begins a word opens the choice, one inside a word does not', () => {
  expect(openMention('Ask @el', 7)).toEqual({ start: 4, typed: 'el' });
  expect(openMention('@', 1)).toEqual({ start: 0, typed: '' });
  expect(openMention('mail a@b', 8)).toBeNull();
  expect(openMention('no sign', 7)).toBeNull();
  expect(openMention('@Ann\nnext', 9)).toBeNull();
});

test('a name is found by the beginning of any of its words, without accents', () => {
  expect(matching(people, 'eli').map(one => one.user_id)).toEqual(['1']);
  expect(matching(people, 'ROY').map(one => one.user_id)).toEqual(['2', '3']);
  expect(matching(people, '')).toHaveLength(3);
});

test('the name is put in where it was typed and read out again, the longer name first', () => {
  const open = openMention('Ask @an please', 7);
  if (!open) throw new Error('no mention is open');
  expect(completed('Ask @an please', 7, open, 'Ann Roy')).toEqual({ text: 'Ask @Ann Roy please', caret: 13 });
  expect(mentionedIn('@Ann Roy-Martin and @Élise Tremblay', people).map(one => one.user_id)).toEqual([
    '1',
    '3',
  ]);
  expect(mentionedIn('nobody', people)).toEqual([]);
});
