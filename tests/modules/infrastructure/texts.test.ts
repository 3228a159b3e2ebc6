import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { schema } from '../../../db/schema/index.ts';
import { roleSeeds } from '../../../db/seeds/roles.ts';
import { identity } from '../../../preload/contract/identity.ts';
import { contract } from '../../../preload/contract/index.ts';
import { infrastructure } from '../../../preload/contract/infrastructure.ts';
import { settingKeys } from '../../../preload/contract/settings.ts';

const LANGUAGES = ['en', 'fr', 'es'];
/** Told by the frame of every call, worded with the shell. */
const GENERAL = ['row_not_found', 'row_changed', 'not_allowed'];
type Tree = { [key: string]: string | Tree };
const texts = (language: string, module: string): Tree =>
  JSON.parse(
    readFileSync(
      path.join(import.meta.dirname, '../../../resources/locales', language, `${module}.json`),
      'utf8',
    ),
  );
const flat = (tree: Tree, before = ''): Map<string, string> =>
  new Map(
    Object.entries(tree).flatMap(([key, held]) =>
      typeof held === 'string' ? [[`${before}${key}`, held] as const] : [...flat(held, `${before}${key}.`)],
    ),
  );

test('every refusal of the two contracts has a text', () => {
  for (const [module, contract] of Object.entries({ identity, infrastructure })) {
    const worded = new Set(['identity', 'infrastructure'].flatMap(m => [...flat(texts('en', m)).keys()]));
    const codes = Object.values(contract)
      .flatMap(p => p.refusals)
      .filter(code => !GENERAL.includes(code));
    for (const code of codes) expect(worded, `${module}: ${code}`).toContain(`refusals.${code}`);
  }
});

test('every setting is named and described, every table, recorded field and shipped role has a name', () => {
  for (const language of LANGUAGES) {
    const infra = flat(texts(language, 'infrastructure'));
    for (const key of settingKeys)
      for (const part of ['name', 'description'])
        expect(infra.get(`settings.${key}.${part}`), `${language} ${key}`).toBeTruthy();
    for (const table of Object.keys(schema))
      expect(infra.get(`audit.entities.${table}`), `${language} ${table}`).toBeTruthy();
    for (const { name, audited, columns } of Object.values(schema))
      for (const column of audited ? Object.keys(columns) : [])
        expect(infra.get(`fields.${column}`), `${language} ${name}.${column}`).toBeTruthy();
    const people = flat(texts(language, 'identity'));
    for (const { role_code } of roleSeeds)
      expect(people.get(`role_names.${role_code}`), `${language} ${role_code}`).toBeTruthy();
  }
});

test('every permission that is asked for or granted has a name for its resource and its action', () => {
  const asked = Object.values(contract).flatMap(module => Object.values(module).map(p => p.allow.split(':')));
  const granted = roleSeeds.flatMap(role =>
    Object.entries(role.permissions).flatMap(([resource, actions]) => actions.map(a => [resource, a])),
  );
  for (const language of LANGUAGES) {
    const people = flat(texts(language, 'identity'));
    for (const [resource, action] of [...asked, ...granted]) {
      if (!action || resource === '*' || action === '*') continue;
      expect(people.get(`resources.${resource}`), `${language} ${resource}`).toBeTruthy();
      expect(people.get(`actions.${action}`), `${language} ${action}`).toBeTruthy();
    }
  }
});
