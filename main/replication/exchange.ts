import { z } from 'zod';
import { type CentreLine, CentreSays, CentreUndid, LONG_QUERY_MS } from './centre.ts';
import { sendAgainFrom } from './identity.ts';
import type { Batch } from './outgoing.ts';
import { PageRows } from './page-rows.rules.ts';
import type { ReplicatorParts } from './parts.ts';
import type { Progress, ReplicationStatus } from './port.ts';
import { ROWS_AT_ONCE, recordsOf, rowCount, trailOf } from './store.ts';
import { type HelloAnswer, type Outcome, type PullPage, pullPage, pullPart, pushAnswer } from './wire.ts';

/** The centre as it is reached now; asks again for it after every answer, because it may have to be reached anew. */
export interface Link {
  centre(): Promise<CentreLine>;
  readonly limits: HelloAnswer['limits'];
  /** Of the centre as it was reached last. */
  readsCommonValues(): boolean;
  show(state: ReplicationStatus['state']): void;
}
/** One unit that is rolled back this often for reasons that pass is set aside, so that the queue moves. */
const TRANSIENT_TRIES = 8;
export const LEAST_PAGE_ROWS = 200;

/** Sends what waits, in order, in batches; a batch that is rolled back is halved. */
export async function push(parts: ReplicatorParts, link: Link, progress: Progress): Promise<void> {
  const { store, db } = parts;
  const total = store.waitingUnits();
  if (total === 0) return;
  link.show('pushing');
  const { client_id } = store.state.facts;
  const { bytes, rows, units: most } = link.limits;
  const made = (limit: number, after_no?: number): Batch =>
    store.nextBatch(
      { limit, max_chars: bytes, max_rows: rows, in_common: link.readsCommonValues() },
      after_no,
    );
  let limit = most;
  let tries = 0;
  let next: Batch | undefined = made(limit);
  let answered: Outcome[] = [];
  const settle = (): void => {
    if (answered.length > 0) store.settle(answered);
    answered = [];
  };
  // What is made meanwhile goes with the next round: a busy station pulls as well.
  for (let sent = 0; next && next.unit_nos.length > 0; ) {
    const centre = await link.centre();
    if (next.in_common && !link.readsCommonValues()) next = made(limit);
    const { unit_nos, message }: Batch = next;
    try {
      const asked = centre.call('push', pushAnswer, [client_id, message], LONG_QUERY_MS);
      asked.catch(() => undefined);
      sent += unit_nos.length;
      // While the centre works, what it said before is kept and the next ones are made ready; not before it has all of
      // these, because that keeps the thread.
      await Promise.race([centre.sent(), asked]);
      settle();
      const wider = Math.min(most, limit * 2);
      const following: Batch | undefined = sent < total ? made(wider, unit_nos.at(-1)) : undefined;
      answered = (await asked).outcomes;
      tries = 0;
      limit = wider;
      progress('push', sent, Math.max(total, sent));
      next = following;
    } catch (error) {
      settle();
      sent -= unit_nos.length;
      tries += 1;
      if (error instanceof CentreSays && error.kind === 'gap' && tries < TRANSIENT_TRIES)
        sendAgainFrom(db, store, Number(error.detail ?? 1) + store.state.facts.unit_base);
      else if (!(error instanceof CentreUndid)) throw error;
      else if (tries < TRANSIENT_TRIES) limit = Math.max(1, Math.floor(limit / 2));
      else if (unit_nos.length === 1) {
        const parked = await centre.call('park', pushAnswer, [
          client_id,
          JSON.stringify(store.nextUnits(1)[0]),
        ]);
        store.settle(parked.outcomes);
      } else throw error;
      next = made(limit);
    }
  }
  // A hint to the others, who look for themselves as well; the last answer is kept while it travels.
  let told: Promise<unknown> | undefined;
  try {
    told = (await link.centre()).call('notify', z.unknown(), []).catch(() => undefined);
  } finally {
    settle();
  }
  await told;
}

/** Fetches and applies what is new, page by page, until there is no more. The next page travels while one is applied. */
export async function pull(
  parts: Pick<ReplicatorParts, 'store' | 'clock' | 'changed'>,
  link: Link,
  progress: Progress,
): Promise<void> {
  const { store, clock } = parts;
  const { state } = store;
  const { client_id, cursor_seq: seq, cursor_hash: hash } = state.facts;
  const page_rows = new PageRows(LEAST_PAGE_ROWS, link.limits.rows);
  // Asked with every page: on a line that stays for days the clock here may be set meanwhile.
  let { clock_offset_ms } = state.facts;
  let complete_to_ms = clock.now_ms() - (clock_offset_ms ?? 0);
  const ask = async (centre: CentreLine, from_seq: number, from_hash: string | null) => {
    const asked_ms = clock.now_ms();
    const from = [client_id, from_seq, from_seq === 0 ? null : from_hash, page_rows.rows];
    const page = await centre.call('pull', pullPage, from, LONG_QUERY_MS);
    if (page.server_ms !== null) {
      complete_to_ms = page.server_ms;
      clock_offset_ms = Math.round((asked_ms + clock.now_ms()) / 2 - page.server_ms);
    }
    return page;
  };
  let written_at: number | undefined;
  for (let coming: Promise<PullPage> | undefined = ask(await link.centre(), seq, hash ?? null); coming; ) {
    const page: PullPage = await coming;
    if (written_at !== undefined) page_rows.waited(performance.now() - written_at);
    const { cursor_seq, applied_n, unit_base } = state.facts;
    const isNews = page.to_seq !== cursor_seq || page.applied_unit_no + unit_base > applied_n;
    if (isNews) link.show(page.more ? 'catching_up' : 'pulling');
    const { last, tables } = await bringParts(parts, link, page, page_rows);
    // The line is there before the page is written: what is asked after a wait would leave after the writing only.
    coming = page.more ? ask(await link.centre(), page.to_seq, page.to_hash) : undefined;
    coming?.catch(() => undefined);
    if (!isNews) continue;
    const changed = new Set([...tables, ...(await store.applyPage({ ...page, tables: last }))]);
    if (changed.size > 0) parts.changed([...changed]);
    if (page.more) progress('pull', page.to_seq, page.head_seq);
    written_at = performance.now();
  }
  state.set({ last_contact_at_ms: clock.now_ms(), complete_to_ms, clock_offset_ms });
}

/**
 * A commit of very many rows comes in parts. They are kept back until the commit is whole, so that nobody sees half of
 * it; one of more rows than are applied at once shows as it comes. The cursor moves with what is left to the caller.
 */
async function bringParts(
  { store }: Pick<ReplicatorParts, 'store'>,
  link: Link,
  page: PullPage,
  page_rows: PageRows,
): Promise<{ last: PullPage['tables']; tables: Set<string> }> {
  const tables = new Set<string>();
  const { client_id } = store.state.facts;
  let last = page.tables;
  let is_large = false;
  for (let after = page.rest_after; after !== null; ) {
    const centre = await link.centre();
    const coming = centre.call(
      'pull_part',
      pullPart,
      [client_id, page.to_seq, page.to_hash, after, page_rows.rows],
      LONG_QUERY_MS,
    );
    coming.catch(() => undefined);
    is_large ||= rowCount(recordsOf(last)) > ROWS_AT_ONCE;
    for (const table of await store.applyPart(is_large ? last : trailOf(last))) tables.add(table);
    const written_at = performance.now();
    const part = await coming;
    page_rows.waited(performance.now() - written_at);
    last = is_large ? part.tables : [...recordsOf(last), ...part.tables];
    after = part.rest_after;
  }
  return { last, tables };
}
