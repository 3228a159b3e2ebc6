import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical } from '../../main/platform/canonical.ts';
import '../support/properties.ts';

test.each([
  ['{"b":1,"a":[{"d":null,"c":"é\\""},[]]}', '{"a":[{"c":"é\\"","d":null},[]],"b":1}'],
  [
    '{"9":1,"10":2,"a":{"2":1,"10":[{"z":1,"1":2}]},"A":0}',
    '{"10":2,"9":1,"A":0,"a":{"10":[{"1":2,"z":1}],"2":1}}',
  ],
  [
    '{"b":1,"__proto__":{"y":1,"x":2},"a":[{"__proto__":1,"Z":2}]}',
    '{"__proto__":{"x":2,"y":1},"a":[{"Z":2,"__proto__":1}],"b":1}',
  ],
])('keys are sorted as text at every level: %s', (text, sorted) => {
  expect(canonical(JSON.parse(text))).toBe(sorted);
});

test('what is not there leaves no trace in an object and a gap in a list', () => {
  expect(canonical({ b: undefined, a: [undefined, null] })).toBe('{"a":[null,null]}');
  expect([canonical(undefined), canonical('a'), canonical(null)]).toEqual(['null', '"a"', 'null']);
});

test('the text says the whole value and does not depend on the order it came in', () => {
  const keys = fc.constantFrom('a', 'b', 'B', 'é', '1', '10', '9', '__proto__', '', 'long_name', '-1');
  const { value } = fc.letrec(tie => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.string(),
      fc.integer(),
      fc.constant(null),
      tie('list'),
      tie('object'),
    ),
    list: fc.array(tie('value'), { maxLength: 4 }),
    object: fc
      .uniqueArray(fc.tuple(keys, tie('value')), { selector: ([key]) => key })
      .map(entries => ({ entries })),
  }));
  const textOf = (v: unknown, order: (entries: [string, unknown][]) => [string, unknown][]): string =>
    Array.isArray(v)
      ? `[${v.map(item => textOf(item, order)).join(',')}]`
      : v !== null && typeof v === 'object' && 'entries' in v
        ? `{${order(v.entries as [string, unknown][])
            .map(([key, held]) => `${JSON.stringify(key)}:${textOf(held, order)}`)
            .join(',')}}`
        : JSON.stringify(v);
  fc.assert(
    fc.property(value, v => {
      const sorted = textOf(v, entries => entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
      expect(canonical(JSON.parse(textOf(v, entries => entries)))).toBe(sorted);
      expect(canonical(JSON.parse(textOf(v, entries => entries.toReversed())))).toBe(sorted);
    }),
  );
});
