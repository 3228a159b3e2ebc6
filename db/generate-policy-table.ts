/** Writes the table of policies into docs/replication.md from the definitions: `npm run db:policies`. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withPolicies } from './policy-table.ts';

const file = path.join(import.meta.dirname, '../docs/replication.md');
writeFileSync(file, withPolicies(readFileSync(file, 'utf8')));
