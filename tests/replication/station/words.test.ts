import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
const folder = path.join(root, 'db/postgres/sync');
const CODES = [
  /sync\.verdict\('\w+', '(\w+)'/g,
  /"code": "(\w+)"/g,
  /'code', '(\w+)'/g,
  /reason := '(\w+)'/g,
  /'(claimed|step_passed|field_changed)'/g,
];

test('every reason for which the centre does not take a step has its words in every language', () => {
  const sql = readdirSync(folder).map(file => readFileSync(path.join(folder, file), 'utf8'));
  const codes = new Set(sql.flatMap(text => CODES.flatMap(code => [...text.matchAll(code)].map(m => m[1]))));
  expect([...codes]).toEqual(
    expect.arrayContaining(['actor_not_permitted', 'step_unknown', 'already_exists']),
  );
  for (const language of ['en', 'fr', 'es']) {
    const { reasons } = JSON.parse(
      readFileSync(path.join(root, `resources/locales/${language}/replication.json`), 'utf8'),
    );
    expect([...codes].filter(code => !(code && reasons[code]))).toEqual([]);
  }
});
