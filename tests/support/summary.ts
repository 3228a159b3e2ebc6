import { existsSync, readFileSync } from 'node:fs';

/** Totals of both runners as one plain line, the last of the run; fails when anything failed or nothing ran. */
const failedSteps = Number(process.argv[2] ?? 0);
const totals = { passed: 0, failed: 0, skipped: 0 };
const read = (file: string) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined);
const halves = ['out/vitest.json', 'out/vitest-beside.json'].map(read);
for (const half of halves.filter(Boolean)) {
  totals.passed += half.numPassedTests;
  totals.failed += half.numFailedTests;
  totals.skipped += half.numPendingTests + half.numTodoTests;
}
const browser = read('out/e2e.json')?.stats;
if (browser) {
  totals.passed += browser.expected + browser.flaky;
  totals.failed += browser.unexpected;
  totals.skipped += browser.skipped;
}
const broken =
  failedSteps > 0 || totals.failed > 0 || totals.passed === 0 || !halves.every(Boolean) || !browser;
if (totals.passed === 0) process.stderr.write('no test ran\n');
if (failedSteps > 0) process.stdout.write(`${failedSteps} step(s) failed, see "--- failed" above\n`);
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`);
process.exitCode = broken ? 1 : 0;
