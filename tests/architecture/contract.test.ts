import { expect, test } from 'vitest';
import { z } from 'zod';
import { roleSeeds } from '../../db/seeds/roles.ts';
import { handlers } from '../../main/modules/index.ts';
import { works } from '../../main/modules/works.ts';
import { contract } from '../../preload/contract/index.ts';
import type { Procedure } from '../../preload/contract/rpc.ts';

const procedures = Object.entries(contract).flatMap(([module, own]) =>
  Object.entries<Procedure>(own).map(([name, procedure]) => ({
    path: `${module}.${name}`,
    module,
    name,
    procedure,
  })),
);

test('every procedure of the contract is answered, and nothing else is', () => {
  const answered = Object.entries(handlers).flatMap(([module, own]) =>
    Object.keys(own).map(name => `${module}.${name}`),
  );
  expect(answered.sort()).toEqual(procedures.map(p => p.path).sort());
});

test('every job names a function of the worker registry, or waits for a port', () => {
  const jobs = procedures.filter(p => p.procedure.kind === 'job');
  const wrong = jobs.filter(({ module, name }) => {
    const own: Record<string, unknown> = handlers[module as keyof typeof handlers];
    const handler = own[name];
    return !(
      typeof handler === 'object' &&
      handler !== null &&
      ('work' in handler ? String(handler.work) in works : 'deliver' in handler)
    );
  });
  expect(wrong.map(p => p.path)).toEqual([]);
});

test('every permission asked for is one that some role names', () => {
  const resources = new Set(
    roleSeeds.flatMap(r =>
      Object.entries(r.permissions).flatMap(([resource, actions]) => actions.map(a => `${resource}:${a}`)),
    ),
  );
  const adminOnly =
    /^(organization|users|roles|plants|settings|audit|product_models|materials|orders):(create|read|update|delete|approve|import)$/;
  const unknown = procedures
    .map(p => p.procedure.allow)
    .filter(a => a.includes(':') && !resources.has(a) && !adminOnly.test(a));
  expect([...new Set(unknown)]).toEqual([]);
});

/** The demo accounts are for the sign-in screen: published passwords, and only while they are in use. */
test('only signing in, and who can at a demo station, needs no session', () => {
  const open = procedures.filter(p => p.procedure.allow === 'public').map(p => p.path);
  expect(open.sort()).toEqual(['identity.demoAccounts', 'identity.signIn', 'identity.switchOperator']);
});

/** Texts and lists of an input that have no limit, by their place; a sized document is limited as a whole. */
function unlimited(schema: unknown, place: string): string[] {
  if (typeof schema !== 'object' || schema === null || 'is_sized' in schema) return [];
  const found: string[] = [];
  const has = (...keys: string[]) => keys.some(key => key in schema);
  if ('type' in schema && schema.type === 'string' && !has('maxLength', 'format', 'pattern', 'enum', 'const'))
    found.push(`${place}: text`);
  if ('type' in schema && schema.type === 'array' && !has('maxItems', 'prefixItems'))
    found.push(`${place}: list`);
  return [...found, ...Object.entries(schema).flatMap(([key, part]) => unlimited(part, `${place}.${key}`))];
}
test('every text and every list that a window may send has a limit', () => {
  const endless = procedures.flatMap(({ path, procedure }) =>
    unlimited(z.toJSONSchema(procedure.input, { io: 'input', unrepresentable: 'any' }), path),
  );
  // Refused by its size in words, naming the file.
  const told = /^catalogue\.importCatalogue\..*\.text: text$/;
  expect(endless.filter(place => !told.test(place))).toEqual([]);
});
