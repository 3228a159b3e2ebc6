import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contract } from '../../preload/contract/index.ts';
import type { Procedure } from '../../preload/contract/rpc.ts';
import { testStation } from '../support/station.ts';

const procedures = Object.entries(contract).flatMap(([module, own]) =>
  Object.entries<Procedure>(own).map(([name, procedure]) => ({ path: `${module}.${name}`, procedure })),
);
const junk = fc.oneof(
  fc.anything({ maxDepth: 3 }),
  fc.record(
    { id: fc.string(), order_id: fc.string(), bom_id: fc.string(), offset: fc.double(), limit: fc.bigInt() },
    { requiredKeys: [] },
  ),
  fc.constantFrom(
    null,
    undefined,
    [],
    {},
    '',
    0,
    Number.NaN,
    '__proto__',
    { __proto__: { a: 1 } },
    { constructor: 1 },
    'x'.repeat(100_000),
  ),
);

test('junk on every procedure is answered with a refusal or a value, never with a fault', () => {
  const faults: string[] = [];
  const log = {
    info: () => undefined,
    warn: () => undefined,
    debug: () => undefined,
    error: (facts: unknown) => void faults.push(JSON.stringify(facts)),
  };
  const station = testStation({ log: log as never });
  const skipped = new Set([
    'identity.signOut',
    'identity.lock',
    'identity.signIn',
    'identity.switchOperator',
    'identity.unlock',
  ]);
  for (const { path, procedure } of procedures) {
    if (skipped.has(path) || procedure.kind === 'job') continue;
    const session = station.session('ORG_ADMIN');
    fc.assert(
      fc.property(junk, input => {
        const reply = station.serve(session, path, input);
        expect(typeof reply.ok).toBe('boolean');
      }),
      { numRuns: 40 },
    );
  }
  expect(faults).toEqual([]);
}, 120_000);

test('jobs and session procedures parse their input before anything else', () => {
  const station = testStation();
  const session = station.session('ORG_ADMIN');
  for (const { path, procedure } of procedures) {
    if (procedure.kind !== 'job' && !['identity.signIn', 'identity.switchOperator'].includes(path)) continue;
    for (const input of [null, 7, 'x', []])
      expect(station.serve(session, path, input)).toMatchObject({
        ok: false,
        error: { code: 'invalid_input' },
      });
  }
});

test('a text of ten megabytes is refused by the name of its field, and nothing is stored', () => {
  const station = testStation();
  const session = station.session('PLANNER');
  const long = 'x'.repeat(10_000_000);
  const draft = { header: { customer_name: long } };
  expect(station.serve(session, 'orders.saveDraft', { draft })).toMatchObject({
    ok: false,
    error: { code: 'invalid_input', details: { field: 'draft.header.customer_name' } },
  });
  expect(station.serve(session, 'orders.list', { filter: { text: long } })).toMatchObject({
    ok: false,
    error: { code: 'invalid_input', details: { field: 'filter.text' } },
  });
  expect(station.serve(session, 'orders.listDrafts', {})).toMatchObject({ ok: true, value: { drafts: [] } });
});

test('paths that are no procedures are refused', () => {
  const station = testStation();
  for (const path of [
    '',
    'identity',
    'identity.',
    '.me',
    'identity.me.me',
    '__proto__.toString',
    'identity.constructor',
    'identity.__proto__',
    'nothing.here',
  ]) {
    expect(station.serve(null, path, {})).toMatchObject({ ok: false, error: { code: 'unknown_procedure' } });
  }
  for (const path of [null, undefined, 7, {}, []] as never[])
    expect(station.serve(null, path, {})).toMatchObject({ ok: false });
});

test('without a session only signing in is possible', () => {
  const station = testStation();
  for (const { path, procedure } of procedures.filter(p => p.procedure.allow !== 'public')) {
    expect([path, station.serve(null, path, {})]).toMatchObject([
      path,
      { ok: false, error: { code: 'not_signed_in' } },
    ]);
    expect([path, procedure.kind, station.serve('made-up-token', path, {})]).toMatchObject([
      path,
      procedure.kind,
      { ok: false, error: { code: 'not_signed_in' } },
    ]);
  }
});
