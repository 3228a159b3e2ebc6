import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { z } from 'zod';
import { refuse } from '../rpc/refusal.ts';
import type { Store } from './store.ts';
import { answerFile, type queueFile } from './wire.ts';

const MOST_UNITS = 1_000_000;
const MOST_BYTES = 512 * 1024 * 1024;

/** Everything that waits, for a station that cannot reach the network. Nothing changes here: the units go on waiting. */
export function writeQueue(store: Store, file: string): { units: number } {
  const { station_code, client_id, cursor_seq, cursor_hash } = store.state.facts;
  if (!station_code || !client_id) return refuse('not_joined');
  const units = store.nextUnits(MOST_UNITS);
  const content: z.input<typeof queueFile> = {
    kind: 'millwright-queue',
    station_code,
    client_id,
    cursor_seq,
    cursor_hash: cursor_hash ?? null,
    units: units.map(unit => ({ ...unit })),
  };
  writeFileSync(file, gzipSync(JSON.stringify(content)));
  return { units: units.length };
}

/** Takes the centre's answer. Refuses `file_not_an_answer`, `answer_of_another_station`, `answer_out_of_order`. */
export async function takeAnswer(
  store: Store,
  file: string,
): Promise<{ units: number; rows: number; tables: string[] }> {
  const answer = parseFile(file);
  const { client_id, cursor_seq } = store.state.facts;
  if (answer.client_id !== client_id) return refuse('answer_of_another_station');
  if (answer.from_seq > cursor_seq)
    return refuse('answer_out_of_order', { expected: cursor_seq, found: answer.from_seq });
  store.settle(answer.outcomes);
  const tables = new Set<string>();
  let rows = 0;
  for (const page of answer.pages) {
    if (page.to_seq < store.state.facts.cursor_seq) continue;
    for (const table of await store.applyPage(page)) tables.add(table);
    rows += page.tables.reduce((sum, t) => sum + t.rows.length + t.gone.length, 0);
  }
  return { units: answer.outcomes.length, rows, tables: [...tables] };
}
function parseFile(file: string): z.output<typeof answerFile> {
  try {
    return answerFile.parse(
      JSON.parse(gunzipSync(readFileSync(file), { maxOutputLength: MOST_BYTES }).toString('utf8')),
    );
  } catch {
    return refuse('file_not_an_answer');
  }
}
