import { expect, test } from 'vitest';
import { PageRows } from '../../../main/replication/page-rows.rules.ts';

test('pages grow while the line is slow, shrink when it is quick, and stay within their bounds', () => {
  const pages = new PageRows(200, 1000);
  const sizes = [60, 60, 60, 60, 15, 1, 1, 1].map(wait_ms => {
    pages.waited(wait_ms);
    return pages.rows;
  });
  expect(sizes).toEqual([400, 800, 1000, 1000, 1000, 500, 250, 200]);
});
