import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { compose } from '../../../main/compose.ts';
import { settleInterrupted } from '../../../main/modules/logistics/queue.service.ts';
import { cancelSlices } from '../../../main/modules/logistics/queue-run.service.ts';
import { silentLog } from '../../../main/platform/log.ts';
import { fill, smallDisk } from '../../support/small-disk.ts';
import { ask, refusalOf, temporaryFolder } from '../../support/station.ts';
import { jobs, type LabelStation, labelStation, printerAt, route } from './logistics-support.ts';
import { busySink, fastSink, silentSink, stallingSink } from './printer-sinks.ts';

let held: LabelStation;
beforeAll(() => {
  held = labelStation({ atEnd: afterAll });
}, 60_000);
const serials = (first: string, count: number, printer_id: string) => ({
  label_type: 'SERIAL' as const,
  serials: { first, count },
  printer_id: printer_id as never,
});
const statesOf = (prefix: string) =>
  [...jobs(held), ...jobs(held, 'ended')]
    .filter(job => job.title.startsWith(prefix))
    .map(job => [job.state, job.state_code]);

test('a busy printer that takes the line and hangs up has printed nothing, and gets the label when it is free', async () => {
  const sink = await busySink(1);
  const { printer_id } = printerAt(held, { port: sink.port }, 'Busy');
  ask(held.station, held.session, 'logistics.printLabels', serials('BUSY-1', 1, printer_id));
  await expect.poll(() => statesOf('BUSY')).toEqual([['QUEUED', 'printer_offline']]);
  expect(sink.received).toEqual([]);
  await expect.poll(() => statesOf('BUSY')).toEqual([['PRINTED', '']]);
  expect(sink.received.map(text => /BUSY-\d/.exec(text)?.[0])).toEqual(['BUSY-1']);
});

test('a name that no computer has and a port nobody listens at keep the label waiting, and it can be taken back', async () => {
  const gone = await fastSink();
  await gone.stop();
  const nowhere = printerAt(held, { host: 'no-such-printer.invalid', port: 9100 }, 'Nowhere');
  const closed = printerAt(held, { port: gone.port }, 'Closed');
  for (const { printer_id, printer_name } of [nowhere, closed])
    ask(held.station, held.session, 'logistics.printLabels', serials(`${printer_name}-1`, 1, printer_id));
  for (const name of ['Nowhere', 'Closed']) {
    await expect.poll(() => statesOf(name)).toEqual([['QUEUED', 'printer_offline']]);
    const job_id = jobs(held).find(job => job.title === `${name}-1`)?.job_id ?? '';
    expect(refusalOf(held.station, held.session, 'logistics.cancelJob', { job_id })).toBe('accepted');
  }
});

test('a folder that is full is told; once there is room the same label is printed again, once', async ctx => {
  const folder = smallDisk(1);
  if (!folder) return ctx.skip('only root may mount a small disk');
  const { printer_id } = printerAt(held, { printer_kind: 'FOLDER', folder }, 'Spool');
  fill(path.join(folder, 'others'));
  ask(held.station, held.session, 'logistics.printLabels', serials('FULL-1', 3, printer_id));
  await expect.poll(() => statesOf('FULL')[0]).toEqual(['FAILED', 'folder_unwritable']);
  expect(jobs(held).filter(job => job.is_held)).toHaveLength(2);
  expect(readdirSync(folder)).toEqual(['others']);
  rmSync(path.join(folder, 'others'));
  const job_id = jobs(held).find(job => job.title === 'FULL-1')?.job_id ?? '';
  expect(refusalOf(held.station, held.session, 'logistics.retryJob', { job_id })).toBe('accepted');
  await expect
    .poll(() => statesOf('FULL').map(([state]) => state))
    .toEqual(['PRINTED', 'PRINTED', 'PRINTED']);
  expect(readdirSync(folder)).toHaveLength(3);
});

test('a run is cancelled in slices between which others write; nothing leaves once it was asked, and what did not reach its printer stays out', async () => {
  const { station, session } = held;
  const sink = await silentSink();
  const { printer_id } = printerAt(
    held,
    { port: sink.port, must_ask_state: true, timeout_ms: 3_000 },
    'Mute',
  );
  const run = await station.runJob(session, 'logistics.printRun', serials('STOP-01', 90, printer_id));
  const batch_id = run.ok ? (run.value as { batch_id: string }).batch_id : '';
  await expect.poll(() => statesOf('STOP')[0]?.[0]).toBe('SENDING');
  const seen = new Set<string>();
  const stopListening = station.onPush(event => {
    if (event.kind !== 'job' || event.state !== 'running') return;
    const [, second] = jobs(held).filter(job => job.title.startsWith('STOP'));
    const job_id = second?.job_id ?? '';
    seen.add(refusalOf(station, session, 'logistics.retryJob', { job_id }));
    seen.add(refusalOf(station, session, 'logistics.recordScan', { text: 'PO-1001', resolution: 'SUCCESS' }));
  });
  expect(await station.runJob(session, 'logistics.cancelBatch', { batch_id })).toEqual({
    ok: true,
    value: { cancelled: 89 },
  });
  stopListening();
  expect([...seen]).toEqual(['batch_cancelling', 'accepted']);
  await expect.poll(() => statesOf('STOP').filter(([state]) => state === 'CANCELLED').length).toBe(90);
  expect(sink.received.join('')).not.toContain('^XA');
  expect(await station.runJob(session, 'logistics.cancelBatch', { batch_id })).toMatchObject({
    ok: false,
    error: { code: 'batch_not_waiting' },
  });
});

test('a station that stops while a run is being cancelled asks a person; the rest stays held back', async () => {
  const { station, session } = held;
  const folder = temporaryFolder();
  const { printer_id } = printerAt(held, { printer_kind: 'FOLDER', folder }, 'Half');
  rmSync(folder, { recursive: true });
  const { batch_id } = ask(station, session, 'logistics.printLabels', {
    ...serials('HALF-01', 5, printer_id),
    is_verified: true,
  });
  await expect.poll(() => statesOf('HALF')[0]).toEqual(['FAILED', 'folder_unwritable']);
  const [holdBack] = cancelSlices({ cancelled: 0 }, { batch_id: batch_id ?? '' });
  station.asSystem('test.cancel', ctx => holdBack?.(ctx));
  station.asSystem('test.start', settleInterrupted);
  expect(statesOf('HALF')).toEqual([
    ['UNKNOWN', 'run_half_cancelled'],
    ...Array.from({ length: 4 }, () => ['QUEUED', '']),
  ]);
  expect(await station.runJob(session, 'logistics.cancelBatch', { batch_id: batch_id ?? '' })).toEqual({
    ok: true,
    value: { cancelled: 5 },
  });
  // Taken up again, it is scanned as it was to be.
  const cancelled = jobs(held, 'ended').filter(job => job.title.startsWith('HALF'));
  expect(cancelled.map(job => job.verification)).toEqual(Array(5).fill('PENDING'));
});

test('a station that is killed in the middle of a run prints no label twice: one is asked about, the rest waits for the answer', async () => {
  const data_folder = temporaryFolder();
  const sink = await stallingSink(8);
  const first = labelStation({ data_folder });
  const { printer_id } = printerAt(first, { port: sink.port, timeout_ms: 60_000 });
  route(first, 'SERIAL', printer_id);
  await first.station.close();

  const child = path.join(import.meta.dirname, 'run-child.ts');
  const killed = spawn(process.execPath, [child, data_folder, 'SN-01', '20'], { stdio: 'ignore' });
  const ended = once(killed, 'exit');
  onTestFinished(() => void killed.kill('SIGKILL'));
  await expect.poll(() => sink.received[7]?.includes('^XZ')).toBe(true);
  killed.kill('SIGKILL');
  await ended;

  const again = compose({ data_folder, log: silentLog });
  onTestFinished(() => again.close());
  const rows = () =>
    again.readAsSystem(ctx =>
      ctx.sql.all<{ id: string; state: string; state_code: string }>(
        'select id, state, state_code from print_jobs order by queue_position',
      ),
    );
  const { id: asked = '' } = rows()[7] ?? {};
  expect(rows().map(row => row.state)).toEqual([
    ...Array<string>(7).fill('PRINTED'),
    'UNKNOWN',
    ...Array<string>(12).fill('QUEUED'),
  ]);
  expect(rows()[7]).toMatchObject({ state_code: 'station_stopped' });
  expect(sink.received).toHaveLength(8);
  expect(await again.callAsSystem('logistics.confirmJob', { job_id: asked })).toMatchObject({ ok: true });
  await expect.poll(() => rows().every(row => row.state === 'PRINTED')).toBe(true);
  expect(sink.received.map(text => /SN-\d\d/.exec(text)?.[0])).toEqual(
    Array.from({ length: 20 }, (_, at) => `SN-${String(at + 1).padStart(2, '0')}`),
  );
});
