import { z } from 'zod';
import type { ReplicationStatus } from './port.ts';
import type { StateFacts } from './state.ts';
import type { Store } from './store.ts';

const CLOCK_WARNING_MS = 120_000;

/** What the exchange itself is about now. */
type Now = Pick<ReplicationStatus, 'state' | 'trouble' | 'progress' | 'waiting_files'>;

/** What is known locally of the exchange and of what waits. */
export function statusOf(store: Store, { state, trouble, progress, waiting_files }: Now): ReplicationStatus {
  const { facts } = store.state;
  const isMember = facts.centre !== undefined;
  return {
    state: isMember ? state : 'standalone',
    trouble: trouble ?? concernOf(facts),
    centre: isMember
      ? {
          ...addressOf(facts.address),
          ...store.organization(),
          station_code: facts.station_code ?? '',
        }
      : null,
    waiting_units: store.waitingUnits(),
    oldest_waiting_at_ms: store.oldestWaiting(),
    waiting_files,
    refused_rows: store.refusedRows(),
    last_contact_at_ms: facts.last_contact_at_ms ?? null,
    complete_to_ms: facts.complete_to_ms ?? null,
    clock_offset_ms: facts.clock_offset_ms ?? null,
    maintained:
      facts.maintained_at_ms === undefined
        ? null
        : { at_ms: facts.maintained_at_ms, by: facts.maintained_by ?? null },
    progress,
  };
}

/** What a person should know although the exchange works. */
function concernOf({ differing_tables, clock_offset_ms = 0 }: StateFacts): ReplicationStatus['trouble'] {
  if (differing_tables !== undefined)
    return { code: 'rows_differ', details: { tables: differing_tables.split(', ').length } };
  if (Math.abs(clock_offset_ms) > CLOCK_WARNING_MS)
    return { code: 'clock_wrong', details: { seconds: Math.round(Math.abs(clock_offset_ms) / 1000) } };
  return null;
}
const address = z.object({ host: z.string(), port: z.int(), database: z.string() });
const addressOf = (text: string | undefined) =>
  address.catch({ host: '', port: 0, database: '' }).parse(JSON.parse(text ?? '{}'));
