import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startRefusalText } from '../browser/start-refusal.ts';
import { compose, type Station } from '../compose.ts';
import { dataFolder } from '../platform/data-folder.ts';
import { silentLog } from '../platform/log.ts';
import { StartRefusal } from '../platform/station-folder.ts';
import { Refusal } from '../rpc/refusal.ts';
import { failureOf } from '../rpc/serve.ts';
import { centreUsages, runCentral } from './centre-commands.ts';
import { type Command, commands } from './commands.ts';
import { Usage } from './usage.ts';
import { wordsOf } from './words.ts';

/** The product without a window: JSON on stdout, messages on stderr, exit code 0 only when all went well. */
const tell = (message: string): void => void process.stderr.write(`${message}\n`);

async function main(args: string[]): Promise<number> {
  if (args[0] === 'central' && !args.includes('--help')) {
    await runCentral(args.slice(1), tell, print);
    return 0;
  }
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      catalog: { type: 'string' },
      build: { type: 'string' },
      order: { type: 'string' },
      out: { type: 'string' },
      language: { type: 'string' },
      paper: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const found = commands.find(c => c.words.every((word, i) => positionals[i] === word));
  if (!found || values.help) {
    tell(
      `usage: npm run -s cli -- <command>\n${[...commands.map(c => c.usage), ...centreUsages].map(u => `  ${u}`).join('\n')}`,
    );
    return values.help ? 0 : 2;
  }
  const given = { ...values, rest: positionals.slice(found.words.length), tell };
  if (found.kind === 'file') {
    const { value, is_ok } = found.run(given);
    print(value);
    return is_ok ? 0 : 1;
  }
  if (found.kind === 'folder') {
    print(await found.run(dataFolder(values.data), given));
    return 0;
  }
  const throwAway = found.kind === 'throw-away-with-catalog' && values.catalog !== undefined;
  const folder = throwAway ? mkdtempSync(path.join(tmpdir(), 'millwright-cli-')) : dataFolder(values.data);
  try {
    return await withStation(folder, throwAway, found, given);
  } finally {
    if (throwAway) rmSync(folder, { recursive: true, force: true });
  }
}

async function withStation(
  folder: string,
  quiet: boolean,
  command: Extract<Command, { kind: 'station' | 'throw-away-with-catalog' }>,
  given: Parameters<typeof command.run>[1],
): Promise<number> {
  const pdf = command.needs_pdf
    ? (await import('../printing/chromium-engine.ts')).findChromiumEngine()
    : null;
  const station = stationUnlessRunning();
  try {
    const outcome = station ? await command.run(station, given) : command.beside?.(folder);
    if (outcome) print(outcome.value);
    return outcome?.is_ok ? 0 : 1;
  } finally {
    await station?.close();
  }

  function stationUnlessRunning(): Station | undefined {
    try {
      return compose({ data_folder: folder, pdf, ...(quiet && { log: silentLog }) });
    } catch (error) {
      const isRunning = error instanceof StartRefusal && error.code === 'second_instance';
      if (command.beside && isRunning) return undefined;
      throw error;
    }
  }
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** Every way to fail ends in one line of words. */
function report(error: unknown): number {
  if (error instanceof Usage) {
    tell(error.message);
    return 2;
  }
  const refusal =
    error instanceof Refusal ? wordsOf(error.code, error.details) : startRefusalText(error, 'en');
  if (refusal) {
    tell(refusal);
    return 1;
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('ERR_PARSE_ARGS')) {
    tell(error instanceof Error ? error.message : code);
    return 2;
  }
  const failure = failureOf(error, 'cli', {
    ...silentLog,
    error: (facts: unknown) => tell(JSON.stringify(facts)),
  });
  tell(wordsOf(failure.code, failure.details ?? {}));
  return 1;
}

process.exitCode = await main(process.argv.slice(2)).catch(report);
