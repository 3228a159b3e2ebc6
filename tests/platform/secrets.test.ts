import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashSecret, headSealOf, keyFileSecrets, verifySecret } from '../../main/platform/secrets.ts';
import { temporaryFolder } from '../support/station.ts';

test('a hashed secret tells right from wrong, differs each time and accepts both ways of writing an accent', () => {
  const stored = hashSecret('Forgé-12');
  expect(hashSecret('Forgé-12')).not.toBe(stored);
  expect(verifySecret('Forgé-12'.normalize('NFD'), stored)).toBe(true);
  for (const wrong of ['forgé-12', 'Forgé-12 ', '']) expect(verifySecret(wrong, stored)).toBe(false);
});

test('what is not a hash verifies nothing', () => {
  for (const stored of ['none', '', 'scrypt$32768$8$1$$', 'Forgé-12'])
    expect(verifySecret('Forgé-12', stored)).toBe(false);
});

test('sealed text opens with its key only, and not when a byte was changed', () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'key');
  const secrets = keyFileSecrets(file);
  const opensAgain = (plain: string): boolean => secrets.open(secrets.seal(plain)) === plain;
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), opensAgain), { numRuns: 50 });
  const sealed = Buffer.from(secrets.seal('hello'), 'base64');
  sealed[sealed.length - 1] = (sealed[sealed.length - 1] ?? 0) ^ 1;
  expect(() => secrets.open(sealed.toString('base64'))).toThrow();
  expect(() => keyFileSecrets(path.join(folder, 'other')).open(secrets.seal('hello'))).toThrow();
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('the seal of the audit head stays the same for a key and changes with it', () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'key');
  expect(headSealOf(file).sign('5:abc')).toBe(headSealOf(file).sign('5:abc'));
  expect(headSealOf(file).sign('5:abc')).not.toBe(headSealOf(file).sign('5:abd'));
  const before = headSealOf(file).sign('5:abc');
  writeFileSync(file, Buffer.alloc(32, 7));
  expect(headSealOf(file).sign('5:abc')).not.toBe(before);
});
