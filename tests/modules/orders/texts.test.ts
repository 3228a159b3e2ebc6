import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { bom } from '../../../preload/contract/bom.ts';
import { orders } from '../../../preload/contract/orders.ts';

const root = path.join(import.meta.dirname, '../../..');
const locales = path.join(root, 'resources/locales');
const texts = (language: string, file: string): Record<string, Record<string, string>> =>
  JSON.parse(readFileSync(path.join(locales, language, file), 'utf8'));
const languages = ['en', 'fr', 'es'];

test.each(languages)('every refusal of orders and BOMs has its words in %s', language => {
  const worded = new Set(
    readdirSync(path.join(locales, language)).flatMap(file =>
      Object.keys(texts(language, file).refusals ?? {}),
    ),
  );
  const codes = [orders, bom].flatMap(module =>
    Object.values(module).flatMap(procedure => [...procedure.refusals]),
  );
  // Codes of single fields: those the rules name in their problems.
  const rules = ['header', 'build-numbers']
    .map(name => readFileSync(path.join(root, `main/modules/orders/${name}.rules.ts`), 'utf8'))
    .join('\n');
  const checks = readFileSync(path.join(root, 'main/modules/orders/checks.service.ts'), 'utf8');
  const problems = [...`${rules}\n${checks}`.matchAll(/(?:error|warning)\(\s*[^,]+,\s*'([a-z_]+)'/g)].map(
    ([, code = '']) => code,
  );
  expect(problems.length).toBeGreaterThan(10);
  expect([...new Set([...codes, ...problems])].filter(code => !worded.has(code))).toEqual([]);
});

test('every step the services record in the history has its words', () => {
  const services = ['orders', 'bom'].flatMap(module =>
    readdirSync(path.join(root, 'main/modules', module))
      .filter(file => file.endsWith('.service.ts'))
      .map(file => readFileSync(path.join(root, 'main/modules', module, file), 'utf8')),
  );
  const actions = [
    ...services.join('\n').matchAll(/'((?:ORDER|CONFIGURATION|HEADER|BOM)_[A-Z]+(?:_[A-Z]+)*)'/g),
  ].map(([, action = '']) => action);
  const recorded = new Set(
    actions.filter(action => action !== 'ORDER_STATUS_CHANGE' && action !== 'CUSTOMER_BUILD'),
  );
  expect(recorded.size).toBeGreaterThan(8);
  for (const language of languages)
    expect(
      [...recorded].filter(action => !(action in (texts(language, 'orders.json').history ?? {}))),
    ).toEqual([]);
});
