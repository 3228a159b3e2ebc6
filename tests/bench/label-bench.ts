import { connect, createServer, type Socket } from 'node:net';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { Station } from '../../main/compose.ts';
import { answer } from './bench-station.ts';
import type { Figure } from './harness.ts';

const LABELS = 500;
const RUNS = 9;
/** The longest run a person may ask for, and how many of it are out when the rest is cancelled. */
const LONG_RUN = 5_000;
const LABELS_BEFORE_CANCEL = 50;

/** A sink that takes everything at once, and when the first and the last byte of each connection arrived. */
async function fastSink() {
  const arrived: number[] = [];
  let ended = 0;
  const server = createServer({ allowHalfOpen: true }, (socket: Socket) => {
    socket.once('data', () => arrived.push(performance.now()));
    socket.resume();
    socket.on('end', () => {
      ended += 1;
      socket.end();
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const reached = async (count: number) => {
    while (ended < count) await new Promise(resolve => setTimeout(resolve, 1));
  };
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    arrived,
    ended: () => ended,
    reached,
    stop: () => server.close(),
  };
}

type FastSink = Awaited<ReturnType<typeof fastSink>>;

/** From the action to the first byte at the printer, and a run of labels to the last byte. */
export async function labels(station: Station, session: string): Promise<Figure[]> {
  const sink = await fastSink();
  const printer = answer<{ printer_id: string }>(station, session, 'logistics.savePrinter', {
    printer_name: 'Sink',
    printer_kind: 'TCP',
    host: '127.0.0.1',
    port: sink.port,
    density_dpi: 203,
    media_width_mm: 101.6,
    media_height_mm: 152.4,
  });
  const wanted = (serials: { first: string; count: number }) => ({
    label_type: 'SERIAL',
    fields: { material_number: 'T2-CTRL-EDR1', material_name: 'Control module' },
    serials,
    printer_id: printer.printer_id,
  });
  const waits: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const before = sink.ended();
    const from = performance.now();
    answer(station, session, 'logistics.printLabels', wanted({ first: `ONE-${1000 + run}`, count: 1 }));
    await sink.reached(before + 1);
    waits.push((sink.arrived.at(-1) ?? from) - from);
  }
  const before = sink.ended();
  const from = performance.now();
  const pause = monitorEventLoopDelay({ resolution: 1 });
  pause.enable();
  await station.runJob(session, 'logistics.printRun', wanted({ first: 'RUN-0001', count: LABELS }));
  pause.disable();
  await sink.reached(before + LABELS);
  const took_s = (performance.now() - from) / 1000;
  const long = await longRun(station, session, sink, printer.printer_id);
  sink.stop();
  const floor_s = await bareConnections();
  return [
    {
      work: 'Label: from the action to its first byte at the printer, worst of nine',
      measured: Math.max(...waits),
      unit: 'ms',
      target: 200,
      more_is_better: false,
      floor: (floor_s * 1000) / LABELS,
      floor_is: 'a bare connection',
      note: 'laid out, kept, queued and sent; the first one loads the encoder',
    },
    {
      work: `${LABELS} labels of a run to a fast printer`,
      measured: took_s,
      unit: 's',
      target: 10,
      more_is_better: false,
      floor: floor_s,
      floor_is: 'as many bare connections',
      note: 'one connection and two transactions per label, each in the audit trail',
    },
    {
      work: `Longest pause for others while ${LABELS} labels are laid out and queued`,
      measured: pause.max / 1e6,
      unit: 'ms',
      target: 50,
      more_is_better: false,
      floor: floor_s,
      floor_is: 'as many bare connections',
      note: 'laid out in a thread, kept in slices, queued in one transaction',
    },
    {
      work: `${LONG_RUN} labels of a run to a fast printer`,
      measured: long.took_s,
      unit: 's',
      target: (10 * LONG_RUN) / LABELS,
      more_is_better: false,
      floor: (floor_s * LONG_RUN) / LABELS,
      floor_is: 'as many bare connections',
      note: `first byte after ${long.first_byte_s.toFixed(1)} s; ${long.memory_mb.toFixed(0)} MB more memory at most; ten times the shorter run`,
    },
    {
      work: `Longest work at a stretch while ${LONG_RUN} labels are queued, sent and cancelled`,
      measured: long.longest_ms,
      unit: 'ms',
      target: 50,
      more_is_better: false,
      floor: 1,
      floor_is: 'an idle turn',
      note: `processor time of the data process between two turns; cancelling took ${long.cancel_s.toFixed(1)} s`,
    },
  ];
}

/** Processor time of this thread between two turns of it; what other programs take does not count. */
function watchTurns() {
  const used_ms = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let longest_ms = 0;
  let memory = process.memoryUsage().rss;
  const began = memory;
  let last_ms = used_ms();
  const turn = setInterval(() => {
    const now_ms = used_ms();
    longest_ms = Math.max(longest_ms, now_ms - last_ms);
    last_ms = now_ms;
    memory = Math.max(memory, process.memoryUsage().rss);
  }, 1);
  return () => {
    clearInterval(turn);
    return { longest_ms, memory_mb: (memory - began) / 1e6 };
  };
}
async function longRun(station: Station, session: string, sink: FastSink, printer_id: string) {
  const asked = (first: string) => ({
    label_type: 'SERIAL',
    fields: { material_number: 'T2-CTRL-EDR1', material_name: 'Control module' },
    serials: { first, count: LONG_RUN },
    printer_id,
  });
  const run = async (first: string) => {
    const reply = await station.runJob(session, 'logistics.printRun', asked(first));
    if (!reply.ok) throw new Error(`the run was refused: ${reply.error.code}`);
    return reply.value as { batch_id: string };
  };
  const stopWatching = watchTurns();
  const before = sink.ended();
  const earlier = sink.arrived.length;
  const from = performance.now();
  await run('LONG-00001');
  await sink.reached(before + LONG_RUN);
  const took_s = (performance.now() - from) / 1000;
  const first_byte_s = ((sink.arrived[earlier] ?? from) - from) / 1000;
  const { batch_id } = await run('STOP-00001');
  await sink.reached(before + LONG_RUN + LABELS_BEFORE_CANCEL);
  const asked_at = performance.now();
  await station.runJob(session, 'logistics.cancelBatch', { batch_id });
  return { took_s, first_byte_s, cancel_s: (performance.now() - asked_at) / 1000, ...stopWatching() };
}

async function bareConnections(): Promise<number> {
  const sink = await fastSink();
  const from = performance.now();
  for (let n = 0; n < LABELS; n += 1)
    await new Promise<void>(resolve => {
      const socket = connect(sink.port, '127.0.0.1', () => socket.end('x'.repeat(900)));
      socket.resume();
      socket.once('close', () => resolve());
    });
  const took_s = (performance.now() - from) / 1000;
  sink.stop();
  return took_s;
}
