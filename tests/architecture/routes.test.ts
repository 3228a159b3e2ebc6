import { expect, test } from 'vitest';
import { STOPS, UNSEEN } from '../e2e/every-screen.ts';
import { sources } from './sources.ts';

const routes = sources('renderer/modules')
  .filter(({ file }) => file.endsWith('.nav.tsx'))
  .flatMap(({ text }) => [...text.matchAll(/\bpath: '([^']+)'/g)].map(([, path = '']) => path));
const seen = new Set(STOPS.map(stop => stop.route));

test('every route is looked at by the check for accessibility, or named with the reason why not', () => {
  expect(routes.length).toBeGreaterThan(50);
  expect(routes.filter(route => !seen.has(route) && !(route in UNSEEN))).toEqual([]);
});
test('the check for accessibility looks at nothing that is gone', () => {
  expect([...seen, ...Object.keys(UNSEEN)].filter(route => !routes.includes(route))).toEqual([]);
});
