import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type Client, DatabaseError } from 'pg';
import type { z } from 'zod';
import { canonical, sha256 } from '../../platform/canonical.ts';
import { Refusal, refuse } from '../../rpc/refusal.ts';
import { PROTOCOL_ERRORS } from '../centre.ts';
import {
  type answerFile,
  type Outcome,
  type PullPage,
  pullPage,
  pullPart,
  pushAnswer,
  queueFile,
} from '../wire.ts';
import { actingFor, atomically } from './operator.ts';

const MOST_BYTES = 512 * 1024 * 1024;
const UNITS_A_PUSH = 100;
const ROWS_A_PAGE = 2000;

function parseQueue(file: string): z.output<typeof queueFile> {
  const queue = readQueue(file);
  for (const { unit_no, payload_hash, audit: _, ...content } of queue.units)
    if (sha256(canonical(content)) !== payload_hash)
      refuse('queue_altered', { file: path.basename(file), step: String(unit_no) });
  return queue;
}
function readQueue(file: string): z.output<typeof queueFile> {
  try {
    return queueFile.parse(
      JSON.parse(gunzipSync(readFileSync(file), { maxOutputLength: MOST_BYTES }).toString('utf8')),
    );
  } catch {
    return refuse('file_not_a_queue', { file: path.basename(file) });
  }
}

/** The organization in which this client and this station belong together. */
async function organizationOf(client: Client, client_id: string, station_code: string): Promise<number> {
  const { rows } = await client.query<{ organization_id: number }>(
    'select k.organization_id from sync.clients k join sync.devices d using (role_name) where k.client_id = $1 and d.station_code = $2',
    [client_id, station_code],
  );
  return rows[0]?.organization_id ?? refuse('station_unknown', { station: station_code });
}

/** A commit of very many rows comes in parts; in a file they travel as one page. */
async function whole(client: Client, client_id: string, page: PullPage): Promise<PullPage> {
  const tables = [...page.tables];
  for (let after = page.rest_after; after !== null; ) {
    const { rows } = await client.query('select sync.pull_part($1, $2, $3, $4, $5) as answer', [
      client_id,
      page.to_seq,
      page.to_hash,
      after,
      ROWS_A_PAGE,
    ]);
    const part = pullPart.parse(rows[0]?.answer);
    tables.push(...part.tables);
    after = part.rest_after;
  }
  return { ...page, tables, rest_after: null };
}

/**
 * An earlier call of the station may still be at work: its line was cut, and the server has not noticed yet. The
 * operator waits for it; a station would be told to come again.
 */
const pushed = (client: Client, client_id: string, units: readonly unknown[]): Promise<Outcome[]> =>
  atomically(client, async () => {
    await client.query('select 1 from sync.clients where client_id = $1 for update', [client_id]);
    const { rows } = await client.query('select sync.push($1, $2) as answer', [
      client_id,
      JSON.stringify(units),
    ]);
    return pushAnswer.parse(rows[0]?.answer).outcomes;
  });

/** What the protocol says to a station that it can settle with the centre itself; a file cannot. */
const SAID: Record<string, string> = {
  fork: 'queue_of_a_copy',
  gap: 'queue_newer_than_centre',
  restored: 'queue_newer_than_centre',
  resync: 'queue_too_old',
};
function inWords(error: unknown, station: string): unknown {
  const codes: Record<string, string> = PROTOCOL_ERRORS;
  const code = error instanceof DatabaseError ? SAID[codes[error.code ?? ''] ?? ''] : undefined;
  return code === undefined ? error : new Refusal(code, { station });
}

/** Takes the queue of a station that cannot reach the network, in the station's name, and writes the answer to carry back. */
export async function importQueue(
  client: Client,
  file: string,
  out: string,
): Promise<{ station: string; units: number; applied: number; rows: number }> {
  const queue = parseQueue(file);
  const organization_id = await organizationOf(client, queue.client_id, queue.station_code);
  const outcomes: Outcome[] = [];
  const pages: PullPage[] = [];
  await actingFor(client, organization_id, queue.station_code, async () => {
    for (let at = 0; at < queue.units.length; at += UNITS_A_PUSH)
      outcomes.push(...(await pushed(client, queue.client_id, queue.units.slice(at, at + UNITS_A_PUSH))));
    let cursor: { seq: number; hash: string | null } = { seq: queue.cursor_seq, hash: queue.cursor_hash };
    for (let more = true; more; ) {
      const { rows } = await client.query('select sync.pull($1, $2, $3, $4) as answer', [
        queue.client_id,
        cursor.seq,
        cursor.hash,
        ROWS_A_PAGE,
      ]);
      const page = pullPage.parse(rows[0]?.answer);
      pages.push(await whole(client, queue.client_id, page));
      cursor = { seq: page.to_seq, hash: page.to_hash };
      more = page.more;
    }
    if (outcomes.length > 0) await client.query('select sync.notify()');
  }).catch(error => {
    throw inWords(error, queue.station_code);
  });
  const answer: z.input<typeof answerFile> = {
    kind: 'millwright-answer',
    client_id: queue.client_id,
    from_seq: queue.cursor_seq,
    outcomes,
    pages,
  };
  writeFileSync(out, gzipSync(JSON.stringify(answer)));
  return {
    station: queue.station_code,
    units: outcomes.length,
    applied: outcomes.filter(o => o.outcome === 'applied' || o.outcome === 'merged').length,
    rows: pages.reduce((sum, page) => sum + page.tables.reduce((n, t) => n + t.rows.length, 0), 0),
  };
}
