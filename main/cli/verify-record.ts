import { readFileSync } from 'node:fs';
import { checkRecord } from '../modules/printing/record-check.rules.ts';

/**
 * The verifier by itself: `node verify-record.mjs FILE.json`. Needs no database and no other file of the product.
 * Exit code 0: every hash and every signature is what it was when the record was made. 1: something differs. 2: no file.
 */
function main([file]: readonly string[]): number {
  if (!file) {
    process.stderr.write('usage: node verify-record.mjs FILE.json\n');
    return 2;
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch (error) {
    process.stderr.write(`${file} cannot be read: ${error instanceof Error ? error.message : ''}\n`);
    return 2;
  }
  const report = checkRecord(text);
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  const [first] = report.faults;
  if (first) process.stderr.write(`changed: ${first.where} (${first.kind})\n`);
  return report.is_whole ? 0 : 1;
}
process.exitCode = main(process.argv.slice(2));
