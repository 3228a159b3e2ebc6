import type { Station } from '../../../main/compose.ts';
import type { Figure } from '../harness.ts';
import { addTool, addToolsAtCentre, openBed, quantile, turnsDuring } from './bed.ts';

const none = () => undefined;

/** B10: what a person at the station notices while others' work arrives. */
export async function arrivals(rows: number): Promise<Figure[]> {
  const bed = await openBed();
  try {
    await bed.asOrganization();
    await addToolsAtCentre(bed, rows);
    const station = bed.station('two');
    await station.replication.join(await bed.enrolmentCode('K2'), false, none);
    const command = async (n: number, prefix: string): Promise<number> => {
      const due = performance.now();
      await new Promise(resolve => setImmediate(resolve));
      addTool(station, n, prefix);
      return performance.now() - due;
    };
    const idle: number[] = [];
    for (let n = 0; n < 200; n++) idle.push(await command(n, 'idle'));
    // One transaction of an operator: the largest commit there can be.
    await bed.centre.query("update public.tools set category = 'NEW' where tool_name like 'bulk %'");
    const busy: number[] = [];
    let is_done = false;
    const turns = await turnsDuring(async () => {
      const catching = station.replication.syncNow().finally(() => {
        is_done = true;
      });
      for (let n = 0; !is_done && n < 20_000; n++) busy.push(await command(n, 'busy'));
      await catching;
    });
    return [
      {
        work: `B10 a command while ${rows.toLocaleString('en')} changed rows arrive in one commit, p99 with its wait`,
        measured: quantile(busy, 0.99),
        unit: 'ms',
        target: quantile(idle, 0.99) + 20,
        more_is_better: false,
        floor: quantile(idle, 0.99),
        floor_is: 'the same command with nothing arriving',
        note: `${busy.length} commands`,
      },
      {
        work: 'The longest wait of a command meanwhile',
        measured: Math.max(...busy),
        unit: 'ms',
        target: 50,
        more_is_better: false,
        floor: Math.max(...idle),
        floor_is: 'the longest with nothing arriving',
        note: `longest turn of the thread ${turns.longest_ms.toFixed(0)} ms, ${turns.longest_work_ms.toFixed(0)} ms of it work`,
      },
    ];
  } finally {
    await bed.remove();
  }
}

/** From a command at one station until the other says that its rows changed. */
export async function propagation(): Promise<Figure[]> {
  const bed = await openBed();
  try {
    for (const [name, code] of [
      ['one', 'K1'],
      ['two', 'K2'],
    ] as const)
      await bed.station(name).replication.join(await bed.enrolmentCode(code), name === 'one', none);
    await bed.closeStations();
    const [sender, receiver] = [bed.station('one', true), bed.station('two', true)];
    const waits = await liveWaits(sender, receiver, 100, 'tools', n => addTool(sender, n, 'live'));
    return [
      {
        work: 'A command at one station until the other announces the change, p95',
        measured: quantile(waits, 0.95),
        unit: 'ms',
        target: 500,
        more_is_better: false,
        floor: quantile(waits, 0.5),
        floor_is: 'its own median',
        note: `longest ${Math.max(...waits).toFixed(0)} ms`,
      },
    ];
  } finally {
    await bed.remove();
  }
}
/** How long until the other station announces each of these changes of a table, one after the other. */
export async function liveWaits(
  sender: Station,
  receiver: Station,
  times: number,
  table: string,
  change: (n: number) => unknown,
): Promise<number[]> {
  await Promise.all([settled(sender), settled(receiver)]);
  const waits: number[] = [];
  for (let n = 0; n < times; n++) {
    const arrived = Promise.withResolvers<void>();
    const stop = receiver.onPush(event => {
      if (event.kind === 'changed' && event.tables.includes(table)) arrived.resolve();
    });
    const from = performance.now();
    change(n);
    await arrived.promise;
    stop();
    waits.push(performance.now() - from);
  }
  return waits;
}
async function settled(station: Station): Promise<void> {
  const isBusy = () => {
    const { state, waiting_units } = station.replication.status();
    return state !== 'online' || waiting_units > 0;
  };
  while (isBusy()) await new Promise(resolve => setTimeout(resolve, 20));
}
