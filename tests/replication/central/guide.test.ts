import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { newCentre } from './support.ts';

const guide = readFileSync(new URL('../../../docs/administrator-guide.md', import.meta.url), 'utf8');
const queries = [...guide.matchAll(/```sql\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
  block
    .split(';')
    .map(sql => sql.trim())
    .filter(Boolean),
);

test('every query of the administrator guide answers at a centre', async () => {
  const centre = await newCentre();
  try {
    const organization = await centre.organization('ACME');
    const station = await centre.station(organization, 'K1');
    await station.hello();
    const answers: Record<string, unknown>[][] = [];
    for (const sql of queries) answers.push((await centre.operator.query(sql)).rows);
    expect(answers).toHaveLength(9);
    expect(answers[0]).toMatchObject([{ org_code: 'ACME', backed_up_seq: '0' }]);
    expect(answers[1]).toMatchObject([{ station_code: 'K1', state: 'active' }]);
    expect(answers[4]).toEqual([{ broken_at: null }]);
    expect(answers[6]).toHaveLength(2);
    expect(answers[7]).toEqual([{ trail: '0', scans: '0' }]);
  } finally {
    await centre.close();
  }
});
