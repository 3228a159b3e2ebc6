import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { withPolicies } from '../../db/policy-table.ts';
import { schema } from '../../db/schema/index.ts';

const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/replication.md'), 'utf8');

test('the page of policies is what the definitions say: npm run db:policies', () => {
  expect(page).toBe(withPolicies(page));
});

test('every table stands on the page once', () => {
  for (const table of Object.keys(schema)) expect(page.split(`| \`${table}\` |`).length, table).toBe(2);
});
