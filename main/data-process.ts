import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { Call } from '../preload/contract/rpc.ts';
import type { FromDataProcess, StartOrder, ToDataProcess } from './app/data-process-protocol.ts';
import { createQuestions } from './app/questions.ts';
import { fillEmptyStation } from './browser/first-start.ts';
import { lastBackupOf, startRefusalText } from './browser/start-refusal.ts';
import { compose, type Station } from './compose.ts';
import { restoreBackup } from './platform/station-folder.ts';
import { unreachable } from './rpc/refusal.ts';
import { failureOf } from './rpc/serve.ts';

/** Entry of the desktop program's data process: owns the database; everything it hears and says is a message. */
const port = process.parentPort;
const say = (message: FromDataProcess): void => port.postMessage(message);
const shell = createQuestions(question => say(question as Extract<FromDataProcess, { kind: 'ask' }>));
let station: Station | undefined;

port.on('message', ({ data }: { data: ToDataProcess }) => {
  switch (data.kind) {
    case 'start':
      return void start(data);
    case 'cancel_job':
      return void station?.cancelJob(data.session, data.cancel_job);
    case 'answer':
      return shell.settle(data);
    case 'ask':
      return void answer(data);
    default:
      return unreachable(data);
  }
});

async function start({ data_folder, with_demo_plant, restore, locale }: StartOrder): Promise<void> {
  try {
    if (restore) restoreBackup(data_folder, restore);
    station = compose({
      data_folder,
      keeps_prints: true,
      pdf: {
        name: 'Electron',
        print: async (html_path, pdf_path) => void (await shell.ask('print_pdf', { html_path, pdf_path })),
      },
      secrets: {
        seal: async plain => String(await shell.ask('seal_secret', { plain })),
        open: async sealed => String(await shell.ask('open_secret', { sealed })),
      },
      printers: {
        list: async () => (await shell.ask('list_printers', null)) as { name: string; is_default: boolean }[],
        print: async (html_path, options) => void (await shell.ask('print_paper', { html_path, ...options })),
      },
    });
    station.onPush((event, to) => say({ kind: 'push', event, to }));
    if (with_demo_plant) await fillEmptyStation(station);
    say({ kind: 'ready', dist_folder: station.program.dist });
  } catch (error) {
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    say({
      kind: 'start_failed',
      text: startRefusalText(error, locale) ?? trace,
      last_backup: restore ? null : lastBackupOf(error),
    });
  }
}

async function answer(question: Extract<ToDataProcess, { kind: 'ask' }>): Promise<void> {
  const { id } = question;
  if (!station)
    return say({ kind: 'answer', id, ok: false, error: { code: 'not_started', message: 'not_started' } });
  try {
    say({ kind: 'answer', id, ok: true, value: await outcomeOf(station, question) });
  } catch (error) {
    say({ kind: 'answer', id, ok: false, error: failureOf(error, question.name, station.log) });
  }
}

async function outcomeOf(held: Station, question: Extract<ToDataProcess, { kind: 'ask' }>): Promise<unknown> {
  switch (question.name) {
    case 'call':
      return called(held, question.input);
    case 'transfer_lookup':
      return held.transfers.download(question.input.ticket);
    case 'transfer_receive':
      return held.transfers.receive(
        question.input.ticket,
        Readable.from(createReadStream(question.input.file)),
        question.input.name,
      );
    case 'update_feed_url':
      return held.readAsSystem(ctx => ctx.setting('update.feedUrl'));
    case 'stop':
      station = undefined;
      await held.close();
      return null;
    default:
      return unreachable(question);
  }
}
const called = (held: Station, { session, path, input }: Call) => held.serve(session, path, input);
