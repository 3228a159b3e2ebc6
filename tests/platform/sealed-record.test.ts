import { expect, test } from 'vitest';
import { checkRecord, RECORD_FORMAT } from '../../main/modules/printing/record-check.rules.ts';

test('a record nested to break its reader is refused in words', () => {
  const nested = '['.repeat(200_000) + ']'.repeat(200_000);
  const text = (content: string, pieces: string) =>
    `{"content":{"a":${content}},"format":"${RECORD_FORMAT}","format_version":1,"made":{},"pieces":${pieces}}`;
  const refused = [{ kind: 'not_a_record', where: '/' }];
  expect(checkRecord(text(nested, '{}')).faults).toMatchObject(refused);
  expect(checkRecord(text('1', `{"${'/a'.repeat(200_000)}":"x"}`)).faults).toMatchObject(refused);
});
