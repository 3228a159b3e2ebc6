import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { print_jobs } from '../../../db/schema/logistics.ts';
import { compose } from '../../../main/compose.ts';
import { type PrintJobId, settleInterrupted } from '../../../main/modules/logistics/queue.service.ts';
import { type QueueStep, queueSlices } from '../../../main/modules/logistics/queue-run.service.ts';
import { silentLog } from '../../../main/platform/log.ts';
import type { CommandCtx } from '../../../main/rpc/context.ts';
import { ask, refusalOf, temporaryFolder } from '../../support/station.ts';
import { jobs, type LabelStation, labelStation, printerAt, route } from './logistics-support.ts';
import { dyingSink, fastSink, silentSink, slowSink, type Told, tellingSink } from './printer-sinks.ts';

const front = (held: LabelStation, more = {}) =>
  ask(held.station, held.session, 'logistics.printLabels', {
    label_type: 'BUILD_FRONT',
    subject: { order_id: held.build.order_id as never },
    ...more,
  });
const wanted = (held: LabelStation) => ({
  label_type: 'BUILD_FRONT',
  subject: { order_id: held.build.order_id },
});

test('one action without a dialog: routed, sent, printed, counted and in the trail', async () => {
  const held = labelStation();
  const { station, session } = held;
  expect(refusalOf(station, session, 'logistics.printLabels', wanted(held))).toBe('printer_not_routed');
  const sink = await fastSink();
  const printer = printerAt(held, { port: sink.port });
  route(held, 'BUILD_FRONT', printer.printer_id);
  const [offer] = ask(station, session, 'logistics.labelsFor', {
    subject: { order_id: held.build.order_id as never },
  }).offers;
  expect(offer).toMatchObject({
    label_type: 'BUILD_FRONT',
    count: 1,
    destination: { printer_name: 'Zebra', mark: 'READY', media: '101.6 × 152.4 mm' },
  });
  const { job_ids } = front(held);
  await expect.poll(() => jobs(held, 'ended').map(job => job.state)).toEqual(['PRINTED']);
  expect(sink.received).toHaveLength(1);
  expect(sink.received[0]).toContain('^FDPO-1001 / BUILD-001^FS');
  expect(sink.received[0]?.startsWith('^XA')).toBe(true);
  expect(sink.received[0]?.trimEnd().endsWith('^XZ')).toBe(true);
  const trail = station.readAsSystem(ctx =>
    ctx.sql.all<{ entity_type: string; entity_identifier: string | null }>(
      "select entity_type, entity_identifier from audit_logs where action = 'PRINT'",
    ),
  );
  expect(trail).toEqual([{ entity_type: 'barcode_labels', entity_identifier: 'PO-1001 / BUILD-001' }]);

  // The second print of a unique label is a copy: with a reason, a mark, and its own count.
  expect(refusalOf(station, session, 'logistics.printLabels', wanted(held))).toBe('label_printed_before');
  front(held, { reprint_reason: 'label torn' });
  await expect.poll(() => sink.received.length).toBe(2);
  expect(sink.received[1]).toContain('^FDCOPY 1^FS');
  await expect.poll(() => jobs(held, 'ended')[0]?.reprint_reason).toBe('label torn');
  ask(station, session, 'logistics.reprintJob', { job_id: job_ids[0] as never, reason: 'once more' });
  await expect.poll(() => sink.received.length).toBe(3);
  expect(sink.received[2]).toContain('^FDCOPY 2^FS');
});

test('a slow printer prints; one that never answers and one that dies are a person’s to decide, and nothing is sent twice', async () => {
  const held = labelStation();
  const { station, session } = held;
  const [slow, silent, dying] = await Promise.all([slowSink(300), silentSink(), dyingSink()]);
  const ids = [slow, silent, dying].map(
    (sink, at) => printerAt(held, { port: sink.port, timeout_ms: 800 }, `Printer ${at}`).printer_id,
  );
  const part = (at: number) =>
    ask(station, session, 'logistics.printLabels', {
      label_type: 'PART',
      subject: { material_id: held.material.id as never },
      printer_id: ids[at] as never,
      confirm_duplicate: true,
    });
  for (const at of [0, 1, 2]) part(at);
  await expect.poll(() => jobs(held, 'ended').map(job => job.printer_name)).toEqual(['Printer 0']);
  await expect
    .poll(() => jobs(held).map(job => [job.printer_name, job.state, job.state_code]))
    .toEqual([
      ['Printer 1', 'UNKNOWN', 'no_answer'],
      ['Printer 2', 'UNKNOWN', 'line_broke'],
    ]);
  expect(ask(station, session, 'logistics.listQueue', {}).needs_decision).toBe(2);
  expect([silent.received.length, dying.received.length]).toEqual([1, 1]);
  const [unanswered, broken] = jobs(held);
  if (!unanswered || !broken) throw new Error('no job is open');
  // It came out after all; the other one is sent again, by hand.
  ask(station, session, 'logistics.confirmJob', { job_id: unanswered.job_id });
  expect(refusalOf(station, session, 'logistics.retryJob', { job_id: unanswered.job_id })).toBe(
    'print_job_not_waiting',
  );
  ask(station, session, 'logistics.retryJob', { job_id: broken.job_id });
  await expect.poll(() => dying.received.length).toBe(2);
  await expect.poll(() => jobs(held)[0]?.attempts).toBe(2);
});

test('an unreachable printer keeps its jobs waiting; the fall-back takes new ones; a cancelled one never leaves', async () => {
  const held = labelStation();
  const { station, session } = held;
  const spare = await fastSink();
  const gone = await fastSink();
  await gone.stop();
  const main = printerAt(held, { port: gone.port }, 'Main');
  const other = printerAt(held, { port: spare.port }, 'Spare');
  route(held, 'PART', main.printer_id, { fallback_printer_id: other.printer_id });
  const part = () =>
    ask(station, session, 'logistics.printLabels', {
      label_type: 'PART',
      subject: { material_id: held.material.id as never },
      confirm_duplicate: true,
    });
  expect(part().printer_name).toBe('Main');
  await expect
    .poll(() => jobs(held).map(job => [job.state, job.state_code]))
    .toEqual([['QUEUED', 'printer_offline']]);
  expect(part()).toMatchObject({ printer_name: 'Spare', is_fallback: true });
  await expect.poll(() => spare.received.length).toBe(1);
  const [waiting] = jobs(held);
  if (!waiting) throw new Error('nothing waits');
  // The same label is asked about while one is waiting.
  expect(
    refusalOf(station, session, 'logistics.printLabels', {
      label_type: 'PART',
      subject: { material_id: held.material.id },
    }),
  ).toBe('label_duplicate');
  expect(ask(station, session, 'logistics.cancelJob', { job_id: waiting.job_id })).toEqual({});
  expect(jobs(held)).toEqual([]);
});

test('a printer that tells its state is asked first: what it lacks is said in words, and the label goes out when it is repaired', async () => {
  const held = labelStation();
  const { station, session } = held;
  let told: Told = { paper_out: 1, head_open: 1, paused: 1, waiting: 3 };
  const [sink, mute] = await Promise.all([tellingSink(() => told), silentSink()]);
  const printer = printerAt(held, { port: sink.port, must_ask_state: true });
  const silent = printerAt(held, { port: mute.port, must_ask_state: true, timeout_ms: 500 }, 'Mute');
  const stateOf = (printer_id: string) => station.runJob(session, 'logistics.printerState', { printer_id });
  const folder = printerAt(held, { printer_kind: 'FOLDER', folder: temporaryFolder() }, 'Folder');
  expect(await stateOf(folder.printer_id)).toMatchObject({ ok: false, error: { code: 'printer_not_asked' } });
  expect(await stateOf(printer.printer_id)).toEqual({
    ok: true,
    value: { kind: 'told', troubles: ['head_open', 'paper_out', 'printer_paused'], waiting: 3 },
  });
  for (const { printer_id } of [printer, silent])
    ask(station, held.admin, 'logistics.printTestPage', { printer_id });
  await expect
    .poll(() => jobs(held).map(job => [job.printer_name, job.state, job.state_code]))
    .toEqual([
      ['Zebra', 'QUEUED', 'head_open'],
      ['Mute', 'QUEUED', 'printer_silent'],
    ]);
  const shown = ask(station, session, 'logistics.listPrinters', {}).printers;
  expect(shown.map(row => [row.printer_name, row.mark, row.why])).toEqual([
    ['Folder', 'READY', ''],
    ['Mute', 'BLOCKED', 'printer_silent'],
    ['Zebra', 'BLOCKED', 'head_open'],
  ]);
  expect(sink.received).toEqual([]);
  told = {};
  await expect.poll(() => sink.received.length).toBe(1);
  expect(sink.received[0]).toContain('^FDZebra^FS');
  expect(sink.asked()).toBeGreaterThan(2);
});

test('a folder takes whole files; a folder that went away is told', async () => {
  const held = labelStation();
  const folder = temporaryFolder();
  const printer = printerAt(held, { printer_kind: 'FOLDER', folder });
  const page = () =>
    ask(held.station, held.admin, 'logistics.printTestPage', { printer_id: printer.printer_id });
  const { job_id } = page();
  await expect.poll(() => readdirSync(folder)).toEqual([`${job_id}.zpl`]);
  expect(readFileSync(path.join(folder, `${job_id}.zpl`), 'utf8')).toContain('^FDZebra^FS');
  rmSync(folder, { recursive: true });
  page();
  await expect
    .poll(() => jobs(held).map(job => [job.state, job.state_code]))
    .toEqual([['FAILED', 'folder_unwritable']]);
  expect(
    refusalOf(held.station, held.admin, 'logistics.savePrinter', { ...printer, folder: `${folder}/none` }),
  ).toBe('folder_missing');
});

test('a batch stops at the label that jams and goes on at the right one', async () => {
  const held = labelStation();
  const { station, session } = held;
  let sink = await fastSink();
  const printer = printerAt(held, { port: sink.port });
  route(held, 'SERIAL', printer.printer_id);
  const { batch_id, job_ids } = ask(station, session, 'logistics.printLabels', {
    label_type: 'SERIAL',
    fields: { material_number: 'T2-DL27-KIT' },
    serials: { first: 'SN-0098', count: 6 },
  });
  expect(job_ids).toHaveLength(6);
  await expect.poll(() => sink.received.length).toBe(6);
  await expect.poll(() => jobs(held)).toEqual([]);
  const printed = sink.received.map(text => /SN-\d{4}/.exec(text)?.[0]);
  expect(printed).toEqual(['SN-0098', 'SN-0099', 'SN-0100', 'SN-0101', 'SN-0102', 'SN-0103']);
  // The fifth and sixth came out crumpled: from 5 on again, marked as copies.
  const again = await station.runJob(session, 'logistics.resumeBatch', {
    batch_id: batch_id ?? '',
    from_position: 5,
    reason: 'paper jam',
  });
  expect(again).toMatchObject({ ok: true, value: { queued: 2 } });
  await expect.poll(() => sink.received.length).toBe(8);
  expect(sink.received.slice(6).map(text => /SN-\d{4}/.exec(text)?.[0])).toEqual(['SN-0102', 'SN-0103']);
  expect(sink.received.slice(6).every(text => text.includes('^FDCOPY 1^FS'))).toBe(true);

  // A line that breaks in the middle holds the rest back.
  await sink.stop();
  sink = await dyingSink();
  const other = printerAt(held, { port: sink.port }, 'Dying');
  const jammed = ask(station, session, 'logistics.printLabels', {
    label_type: 'SERIAL',
    serials: { first: 'SN-1', count: 3 },
    printer_id: other.printer_id,
  });
  await expect
    .poll(() => jobs(held).map(job => [job.state, job.is_held]))
    .toEqual([
      ['UNKNOWN', false],
      ['QUEUED', true],
      ['QUEUED', true],
    ]);
  expect(sink.received).toHaveLength(1);
  const cancelled = await station.runJob(session, 'logistics.cancelBatch', { batch_id: jammed.batch_id });
  expect(cancelled).toEqual({ ok: true, value: { cancelled: 3 } });
});

test('print and verify: the next label waits until the fresh one is read; a wrong one blocks', async () => {
  const held = labelStation();
  const { station, session } = held;
  const sink = await fastSink();
  const printer = printerAt(held, { port: sink.port });
  route(held, 'SERIAL', printer.printer_id, { is_verified: true });
  const { job_ids } = ask(station, session, 'logistics.printLabels', {
    label_type: 'SERIAL',
    serials: { first: 'SN-1', count: 2 },
  });
  const [first, second] = job_ids;
  if (!first || !second) throw new Error('no jobs');
  await expect.poll(() => jobs(held)[0]?.state).toBe('PRINTED');
  expect(jobs(held).map(job => [job.verification, job.is_held])).toEqual([
    ['PENDING', false],
    ['PENDING', true],
  ]);
  expect(ask(station, session, 'logistics.listQueue', {}).needs_decision).toBe(1);
  const verify = (job_id: string, text: string) =>
    refusalOf(station, session, 'logistics.verifyJob', { job_id, text });
  expect(verify(first, '')).toBe('label_unreadable');
  expect(verify(first, 'SOMETHING')).toBe('label_wrong');
  expect(jobs(held)[0]).toMatchObject({ verification: 'FAILED', verified_text: 'SOMETHING' });
  expect(sink.received).toHaveLength(1);
  const code = /\^FD(S[0-9A-Z]{11})\^FS/.exec(sink.received[0] ?? '')?.[1] ?? '';
  expect(verify(first, `]d2${code.toLowerCase()}\r`)).toBe('accepted');
  await expect.poll(() => sink.received.length).toBe(2);
  // The label of the first one on the second: wrong.
  await expect.poll(() => jobs(held)[0]?.state).toBe('PRINTED');
  // A scanner that fires twice says nothing about the second label; later the same code is a wrong one.
  expect(verify(second, code)).toBe('label_read_twice');
  expect(jobs(held)[0]?.verification).toBe('PENDING');
  station.clock.forward(2_000);
  expect(verify(second, code)).toBe('label_wrong');
});

test('a long run is laid out beside the calls, kept in slices between which others write, and queued whole or not at all', async () => {
  const held = labelStation();
  const { station, session, admin } = held;
  const folder = temporaryFolder();
  const printer = printerAt(held, { printer_kind: 'FOLDER', folder });
  route(held, 'SERIAL', printer.printer_id);
  const run = { label_type: 'SERIAL', serials: { first: 'SN-001', count: 45 } };
  expect(refusalOf(station, session, 'logistics.printLabels', run)).toBe('label_too_many');

  const seen: string[] = [];
  const scan = { text: 'PO-1001', resolution: 'SUCCESS' };
  let isSwitchedOff = false;
  const stopListening = station.onPush(event => {
    if (event.kind !== 'changed' || !event.tables.includes('barcode_labels')) return;
    seen.push('slice');
    setImmediate(() => seen.push(refusalOf(station, session, 'logistics.recordScan', scan)));
    if (!isSwitchedOff) ask(station, admin, 'logistics.savePrinter', { ...printer, is_active: false });
    isSwitchedOff = true;
  });
  // Somebody switches the printer off while the run is being kept: none of it is queued.
  expect(await station.runJob(session, 'logistics.printRun', run)).toMatchObject({
    ok: false,
    error: { code: 'printer_switched_off' },
  });
  stopListening();
  expect(seen).toEqual(['slice', 'accepted', 'slice', 'accepted', 'slice', 'accepted']);
  expect([jobs(held), jobs(held, 'ended')]).toEqual([[], []]);

  ask(station, admin, 'logistics.savePrinter', { ...printer, row_version: printer.row_version + 1 });
  // While the run is being queued none of it leaves, and nobody decides about a part of it.
  const decided = new Set<string>();
  const whileQueueing = () => {
    const [first] = jobs(held);
    if (first?.state_code !== 'run_queueing') return;
    const { job_id } = first;
    for (const decide of ['logistics.retryJob', 'logistics.confirmJob', 'logistics.cancelJob'] as const)
      decided.add(refusalOf(station, session, decide, { job_id }));
    decided.add(`${readdirSync(folder).length} left`);
    decided.add(`${ask(station, session, 'logistics.listQueue', {}).needs_decision} undecided`);
  };
  // Once rows are written, after each turn of the station, as another call would come in.
  const watch = () => {
    whileQueueing();
    if (isWatching) setImmediate(watch);
  };
  let isWatching = false;
  station.onPush(event => {
    if (event.kind !== 'job' || isWatching === (event.state === 'running' && event.phase === 'writing'))
      return;
    isWatching = !isWatching;
    if (isWatching) setImmediate(watch);
  });
  const queued = await station.runJob(session, 'logistics.printRun', run);
  expect(queued).toMatchObject({ ok: true, value: { printer_name: 'Zebra' } });
  expect([...decided]).toEqual(['batch_queueing', '0 left', '0 undecided']);
  await expect.poll(() => jobs(held, 'ended').length).toBe(45);
  const numbers = jobs(held, 'ended').map(job => job.title);
  expect(numbers.reverse()).toEqual(
    Array.from({ length: 45 }, (_, at) => `SN-${String(at + 1).padStart(3, '0')}`),
  );
  expect(readdirSync(folder)).toHaveLength(45);
});

test('a station that stops while a run is being queued asks a person; nothing of the run leaves by itself', async () => {
  const held = labelStation();
  const { station, session } = held;
  const folder = temporaryFolder();
  const printer = printerAt(held, { printer_kind: 'FOLDER', folder });
  const place = (ctx: CommandCtx, at: number): PrintJobId =>
    ctx.insert(print_jobs, {
      printer_id: printer.printer_id,
      prints: 'SERIAL',
      title: `SN-${at}`,
      content_key: String(at),
      content: '^XA^XZ',
      queued_at_ms: ctx.now_ms,
      batch_id: 'run-1',
      batch_position: at,
      state: 'QUEUED',
      queue_position: at,
    }).id;
  const steps = [1, 2, 3].map(
    (at): QueueStep =>
      (ctx, { state, state_code }) => {
        const id = place(ctx, at);
        ctx.update(print_jobs, id, { state, state_code });
        return id;
      },
  );
  const [slice] = queueSlices(steps, { job_ids: [] });
  if (!slice) throw new Error('no slice');
  station.asSystem('test.queue', slice);
  station.asSystem('test.start', settleInterrupted);
  expect(jobs(held).map(job => [job.title, job.state, job.state_code, job.is_held])).toEqual([
    ['SN-1', 'UNKNOWN', 'run_not_whole', false],
    ['SN-3', 'QUEUED', '', true],
  ]);
  expect(await station.runJob(session, 'logistics.cancelBatch', { batch_id: 'run-1' })).toEqual({
    ok: true,
    value: { cancelled: 2 },
  });
  expect(readdirSync(folder)).toEqual([]);
});

test('too long is said before anything is queued, with the element and the label', () => {
  const held = labelStation();
  const { station, session } = held;
  const printer = printerAt(held, { port: 1 });
  route(held, 'LOT', printer.printer_id);
  const reply = station.serve(session, 'logistics.printLabels', {
    label_type: 'LOT',
    fields: { lot_number: 'L-1', material_name: 'extraordinarily '.repeat(12).trim() },
  });
  expect(reply).toMatchObject({
    ok: false,
    error: { code: 'label_overflow', details: { key: 'material_name', title: 'L-1' } },
  });
  expect(jobs(held)).toEqual([]);
  const small = printerAt(held, { media_width_mm: 50.8, media_height_mm: 25.4, port: 1 }, 'Small');
  expect(
    refusalOf(station, session, 'logistics.printLabels', { ...wanted(held), printer_id: small.printer_id }),
  ).toBe('label_stock_too_small');
});

test('what was on its way when the power went is never sent again by itself', async () => {
  const folder = temporaryFolder();
  const sink = await silentSink();
  const first = labelStation({ data_folder: folder });
  const printer = printerAt(first, { port: sink.port, timeout_ms: 60_000 });
  ask(first.station, first.admin, 'logistics.printTestPage', { printer_id: printer.printer_id });
  await expect.poll(() => sink.received[0]?.includes('^XZ')).toBe(true);
  await first.station.close();
  const second = compose({ data_folder: folder, log: silentLog });
  onTestFinished(() => second.close());
  const rows = second.readAsSystem(ctx =>
    ctx.sql.all<{ state: string; state_code: string }>('select state, state_code from print_jobs'),
  );
  expect(rows).toEqual([{ state: 'UNKNOWN', state_code: 'station_stopped' }]);
  expect(sink.received).toHaveLength(1);
});
