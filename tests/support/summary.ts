import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const MOST_SHOWN = 10;
interface Timed {
  title: string;
  took_ms: number;
}
interface Suite {
  file: string;
  specs?: { title: string; tests: { results: { duration: number }[] }[] }[];
  suites?: Suite[];
}
/** What both runners write, as far as it is read here. */
type Report =
  | { testResults?: { name: string; startTime: number; endTime: number }[]; suites?: Suite[] }
  | undefined;

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
for (const { took_ms, title } of slowest([...halves, read('out/e2e.json')]))
  process.stdout.write(`${(took_ms / 1000).toFixed(1).padStart(7)} s  ${title}\n`);
const broken =
  failedSteps > 0 || totals.failed > 0 || totals.passed === 0 || !halves.every(Boolean) || !browser;
if (totals.passed === 0) process.stderr.write('no test ran\n');
if (failedSteps > 0) process.stdout.write(`${failedSteps} step(s) failed, see "--- failed" above\n`);
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`);
process.exitCode = broken ? 1 : 0;

/** The files of unit tests and the end-to-end tests that took longest: where the time of the check goes. */
function slowest(reports: Report[]): Timed[] {
  const timed = reports.flatMap(report => [
    ...(report?.testResults ?? []).map(file => ({
      title: path.relative('.', file.name),
      took_ms: file.endTime - file.startTime,
    })),
    ...(report?.suites ?? []).flatMap(suite => timedTests(suite)),
  ]);
  return timed.toSorted((a, b) => b.took_ms - a.took_ms).slice(0, MOST_SHOWN);
}
function timedTests({ file, specs = [], suites = [] }: Suite): Timed[] {
  const own = specs.map(({ title, tests }) => ({
    title: `${file}: ${title}`,
    took_ms: tests.flatMap(test => test.results).reduce((sum, result) => sum + result.duration, 0),
  }));
  return [...own, ...suites.flatMap(timedTests)];
}
