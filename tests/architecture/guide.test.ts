import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { images } from '../guide/picture.ts';
import { PICTURES } from '../guide/pictures.ts';
import { root } from './sources.ts';

const PAGES = ['README.md', 'docs/operator-guide.md', 'docs/administrator-guide.md', 'docs/replication.md'];
const MOST_BYTES = 150 * 1024;
const shown = PAGES.flatMap(page =>
  [
    ...readFileSync(path.join(root, page), 'utf8').matchAll(
      /!\[[^\]]+\]\((?:docs\/)?images\/([^)]+)\.png\)/g,
    ),
  ].map(([, name = '']) => name),
);
const taken = PICTURES.map(({ name }) => name);
const kept = readdirSync(images).map(file => path.basename(file, '.png'));

test('the guides show the pictures that are taken, and no others', () => {
  expect(shown.length).toBeGreaterThan(20);
  expect(new Set(taken).size).toBe(taken.length);
  expect([...new Set(shown)].sort()).toEqual([...taken].sort());
});
test('what lies with the guides are these pictures, each of a modest size', () => {
  expect(kept.sort()).toEqual([...taken].sort());
  const large = kept.filter(name => statSync(path.join(images, `${name}.png`)).size > MOST_BYTES);
  expect(large).toEqual([]);
});
