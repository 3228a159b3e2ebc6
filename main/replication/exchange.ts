import { z } from 'zod';
import { type CentreLine, CentreSays, CentreUnreachable, LONG_QUERY_MS } from './centre.ts';
import { sendAgainFrom } from './identity.ts';
import type { ReplicatorParts } from './parts.ts';
import type { Progress, ReplicationStatus } from './port.ts';
import { type HelloAnswer, pullPage, pushAnswer } from './wire.ts';

/** The centre as it is reached now; asks again for it after every answer, because it may have to be reached anew. */
export interface Link {
  centre(): Promise<CentreLine>;
  readonly limits: HelloAnswer['limits'];
  show(state: ReplicationStatus['state']): void;
}
/** One unit that is rolled back this often for reasons that pass is set aside, so that the queue moves. */
const TRANSIENT_TRIES = 8;

/** Sends what waits, in order, in batches; a batch that is rolled back is halved. */
export async function push(parts: ReplicatorParts, link: Link, progress: Progress): Promise<void> {
  const { store, db } = parts;
  const total = store.waitingUnits();
  if (total === 0) return;
  link.show('pushing');
  let limit = link.limits.units;
  let tries = 0;
  // What is made meanwhile goes with the next round: a busy station pulls as well.
  for (let sent = 0; sent < total; ) {
    // A new greeting may bring another identity, and with it other numbers of the units.
    const centre = await link.centre();
    const { client_id } = store.state.facts;
    const units = store.nextUnits(limit, link.limits.bytes);
    if (units.length === 0) break;
    try {
      const answer = await centre.call('push', pushAnswer, [client_id, JSON.stringify(units)], LONG_QUERY_MS);
      store.settle(answer.outcomes);
      sent += units.length;
      tries = 0;
      limit = Math.min(link.limits.units, limit * 2);
      progress('push', sent, Math.max(total, sent));
    } catch (error) {
      tries += 1;
      if (error instanceof CentreSays && error.kind === 'gap' && tries < TRANSIENT_TRIES) {
        sendAgainFrom(db, store, Number(error.detail ?? 1) + store.state.facts.unit_base);
        continue;
      }
      if (!(error instanceof CentreUnreachable) || centre.is_lost) throw error;
      if (tries < TRANSIENT_TRIES) limit = Math.max(1, Math.floor(limit / 2));
      else if (units.length === 1) {
        const parked = await centre.call('park', pushAnswer, [client_id, JSON.stringify(units[0])]);
        store.settle(parked.outcomes);
      } else throw error;
    }
  }
  // A hint to the others; they look for themselves as well.
  await (await link.centre()).call('notify', z.unknown(), []).catch(() => undefined);
}

/** Fetches and applies what is new, page by page, until there is no more; ends when everything has to be loaded first. */
export async function pull(parts: ReplicatorParts, link: Link, progress: Progress): Promise<void> {
  const { store, clock } = parts;
  const { state } = store;
  for (let more = true; more; ) {
    const centre = await link.centre();
    const { client_id, cursor_seq, cursor_hash, applied_n, unit_base, loading } = state.facts;
    if (loading !== undefined) return;
    const page = await centre.call(
      'pull',
      pullPage,
      [client_id, cursor_seq, cursor_seq === 0 ? null : (cursor_hash ?? null), link.limits.rows],
      LONG_QUERY_MS,
    );
    more = page.more;
    if (page.to_seq === cursor_seq && page.applied_unit_no + unit_base <= applied_n) continue;
    link.show(more ? 'catching_up' : 'pulling');
    const tables = await store.applyPage(page);
    if (tables.length > 0) parts.changed(tables);
    if (more) progress('pull', page.to_seq, page.head_seq);
  }
  const now_ms = clock.now_ms();
  state.set({
    last_contact_at_ms: now_ms,
    complete_to_ms: now_ms - (state.facts.clock_offset_ms ?? 0),
  });
}
