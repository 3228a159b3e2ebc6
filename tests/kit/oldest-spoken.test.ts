import path from 'node:path';
import { expect, test } from 'vitest';
import { oldestSpoken, onlyAdds } from '../../db/postgres/oldest-spoken.ts';
import { readMigrations } from '../../db/sqlite/migrate.ts';

const step = (number: number, sql: string) => ({ number, name: 'step', sql });

test.each([
  [
    'CREATE TABLE "a" (\n"id" uuid NOT NULL\n);--> statement-breakpoint\nCREATE INDEX "i" ON "a" ("id");',
    true,
  ],
  ['ALTER TABLE "a" ADD COLUMN "b" text;', true],
  ['ALTER TABLE "a" ADD COLUMN "b" jsonb DEFAULT \'[]\'::jsonb NOT NULL;', true],
  ['-- Only at the stations; nothing here.', true],
  ['ALTER TABLE "a" ADD COLUMN "b" text NOT NULL;', false],
  ['ALTER TABLE "a" DROP COLUMN "b";', false],
  ['ALTER TABLE "a" RENAME COLUMN "b" TO "c";', false],
  ['CREATE UNIQUE INDEX "i" ON "a" ("b");', false],
  ['ALTER TABLE "a" ADD COLUMN "b" text;\nUPDATE "a" SET "b" = "c";', false],
])('%s only adds: %s', (sql, expected) => {
  expect(onlyAdds(step(1, sql))).toBe(expected);
});

test('programs of before a step that takes away wait for their update; the others exchange', () => {
  const folder = path.resolve(import.meta.dirname, '../../db/migrations/postgres');
  const steps = readMigrations(folder);
  const next = steps.length + 1;
  expect(oldestSpoken([...steps, step(next, 'ALTER TABLE "a" ADD COLUMN "b" text;')])).toBe(
    oldestSpoken(steps),
  );
  expect(oldestSpoken([...steps, step(next, 'ALTER TABLE "a" DROP COLUMN "b";')])).toBe(next);
  expect(oldestSpoken(steps.slice(0, 3))).toBe(3);
});
