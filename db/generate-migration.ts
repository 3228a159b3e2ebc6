/**
 * Writes the next migration of both engines from the difference between the definitions and the last snapshot:
 * `npm run db:migration -- add_something`. Read both files before you commit them; a released one never changes.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  generateDrizzleJson,
  generateMigration,
  generateSQLiteDrizzleJson,
  generateSQLiteMigration,
} from 'drizzle-kit/api';
import { postgresTables } from './postgres/derive.ts';
import { schema } from './schema/index.ts';
import { t } from './sqlite/tables.ts';

const purpose = process.argv[2];
if (!purpose || !/^[a-z0-9_]+$/.test(purpose)) {
  process.stderr.write('usage: npm run db:migration -- purpose_in_snake_case\n');
  process.exit(2);
}
const root = path.join(import.meta.dirname, 'migrations');
const snapshots = path.join(root, 'snapshots');
mkdirSync(snapshots, { recursive: true });
const done = existsSync(path.join(root, 'sqlite'))
  ? readdirSync(path.join(root, 'sqlite')).filter(f => f.endsWith('.sql')).length
  : 0;
const name = `${String(done + 1).padStart(4, '0')}_${purpose}.sql`;

async function write<S extends { id: string }>(
  engine: 'sqlite' | 'postgres',
  describe: (previous: string | undefined) => Promise<S> | S,
  compare: (a: S, b: S) => Promise<string[]>,
  empty: () => Promise<S> | S,
): Promise<void> {
  const held = path.join(snapshots, `${engine}.json`);
  const before: S = existsSync(held) ? JSON.parse(readFileSync(held, 'utf8')) : await empty();
  const after = await describe(before.id);
  const statements = await compare(before, after);
  mkdirSync(path.join(root, engine), { recursive: true });
  writeFileSync(path.join(root, engine, name), `${statements.join('\n')}\n`);
  writeFileSync(held, `${JSON.stringify(after)}\n`);
  process.stdout.write(`${engine}/${name}: ${statements.length} statements\n`);
}

await write(
  'sqlite',
  previous => generateSQLiteDrizzleJson(t, previous),
  generateSQLiteMigration,
  () => generateSQLiteDrizzleJson({}),
);
await write(
  'postgres',
  previous => generateDrizzleJson(postgresTables(schema), previous),
  generateMigration,
  () => generateDrizzleJson({}),
);
