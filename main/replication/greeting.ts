import { hostname, platform } from 'node:os';
import { z } from 'zod';
import { sha256 } from '../platform/canonical.ts';
import { Refusal } from '../rpc/refusal.ts';
import { type CentreLine, CentreSays } from './centre.ts';
import { sendAgainFrom, takeNewIdentity, unitsLostAfter } from './identity.ts';
import { newNonce } from './joining.ts';
import { LOAD_ALL } from './loading.ts';
import type { ReplicatorParts } from './parts.ts';
import { type StateFacts, serverTime } from './state.ts';
import { commitHashes, type HelloAnswer, helloAnswer } from './wire.ts';

interface Who {
  client_id: string;
  incarnation: number;
  nonce: string | null;
  next_nonce: string;
  /** Just told that the centre was restored: its nonce is as old as its rows. */
  restored?: boolean;
}
const ATTEMPTS = 4;
const HOUR_MS = 3_600_000;
const MOST_RENEWALS = 3;
const renewals = z.array(z.number());
const HASHES_A_CALL = 500;

/** What a station says first on a connection. */
export function greetingOf(parts: ReplicatorParts, who: Who) {
  const { epoch, cursor_seq, cursor_hash, centre } = parts.store.state.facts;
  const knows = cursor_hash !== undefined;
  return {
    ...who,
    cursor: knows ? { seq: cursor_seq, hash: cursor_hash } : null,
    epoch: epoch ?? null,
    schema_version: parts.schema_version,
    app_version: parts.app_version,
    fingerprint: sha256(`${hostname()} ${platform()}`).slice(0, 16),
    last_unit_no: centre === undefined ? 0 : parts.store.lastSettledNo(),
    station_id: parts.station.station_id,
  };
}

/**
 * Says hello and settles what the centre answers: a copied installation takes a new identity, after a restore of the
 * centre units are sent again, after a long absence everything is loaded. The next nonce is stored before it is sent,
 * so that a lost answer is no fork. Refuses `centre_older`.
 */
export async function greet(parts: ReplicatorParts, centre: CentreLine): Promise<HelloAnswer> {
  const { state } = parts.store;
  let restored = false;
  for (let attempt = 1; ; attempt++) {
    if (state.facts.next_nonce === undefined) state.set({ next_nonce: newNonce() });
    const { client_id = '', incarnation, nonce = null, next_nonce = '' } = state.facts;
    try {
      const asked_ms = parts.clock.now_ms();
      const hello = await centre.call('hello', helloAnswer, [
        greetingOf(parts, { client_id, incarnation, nonce, next_nonce, restored }),
      ]);
      const now_ms = parts.clock.now_ms();
      state.set({
        nonce: next_nonce,
        next_nonce: undefined,
        ...scopeOf(state.facts, hello),
        org_code: hello.org_code,
        org_name: hello.org_name,
        epoch: hello.epoch,
        backed_up_seq: hello.backed_up_seq,
        clock_offset_ms: Math.round((asked_ms + now_ms) / 2 - hello.server_ms),
        server_ms: hello.server_ms,
        last_contact_at_ms: now_ms,
      });
      if (hello.schema_version < parts.schema_version)
        throw new Refusal('centre_older', { centre: hello.schema_version, station: parts.schema_version });
      return hello;
    } catch (error) {
      if (!(error instanceof CentreSays) || attempt >= ATTEMPTS) throw error;
      restored ||= error.kind === 'restored';
      await settle(parts, centre, error);
    }
  }
}

async function settle(parts: ReplicatorParts, centre: CentreLine, said: CentreSays): Promise<void> {
  const { db, store, log } = parts;
  switch (said.kind) {
    case 'fork':
      becomeAnother(parts);
      return;
    case 'restored': {
      parts.backUp('centre-restored');
      const units = sendAgainFrom(db, store, unitsLostAfter(db, await commonSeq(parts, centre)));
      log.warn({ units }, 'the centre was restored: units are sent again');
      return;
    }
    case 'resync':
      store.state.set({ loading: LOAD_ALL, cursor_seq: 0, cursor_hash: undefined });
      return;
    default:
      throw said;
  }
}

/** Other plants than before: what waits is pushed, then everything in scope is loaded and the rest leaves the station. */
function scopeOf(facts: StateFacts, hello: HelloAnswer): { plant_ids: string; loading?: string } {
  const plant_ids = JSON.stringify(hello.plant_ids);
  const isOther = facts.plant_ids !== undefined && facts.plant_ids !== plant_ids;
  return isOther ? { plant_ids, loading: LOAD_ALL } : { plant_ids };
}

/**
 * Another installation uses this identity: from here on this one has a new one. Two that run side by side would take
 * it from each other for ever: whoever had to give it up too often within an hour stops and says so. Refuses
 * `identity_contested`.
 */
export function becomeAnother({ db, store, ids, log, station, clock }: ReplicatorParts): void {
  const { facts } = store.state;
  const now_ms = serverTime(facts, clock.now_ms());
  const lately = renewals.parse(JSON.parse(facts.renewed_at)).filter(at => now_ms - at < HOUR_MS);
  if (lately.length >= MOST_RENEWALS)
    throw new Refusal('identity_contested', { station: facts.station_code ?? '' });
  log.warn({ client_id: facts.client_id }, 'another installation uses this identity');
  takeNewIdentity(db, store, ids);
  store.state.set({ renewed_at: JSON.stringify([...lately, now_ms]) });
  station.renewStationId();
}

/** The newest commit that both sides know; 0 when there is none. */
async function commonSeq(parts: ReplicatorParts, centre: CentreLine): Promise<number> {
  const held = parts.db
    .prepare<[], { seq: number; hash: string }>('select seq, hash from sync_commits order by seq desc')
    .all();
  for (let at = 0; at < held.length; at += HASHES_A_CALL) {
    const some = held.slice(at, at + HASHES_A_CALL);
    const there = await centre.call('commit_hashes', commitHashes, [some.map(c => c.seq)]);
    const known = new Map(there.map(c => [c.seq, c.hash]));
    const common = some.find(c => known.get(c.seq) === c.hash);
    if (common) return common.seq;
  }
  return 0;
}
