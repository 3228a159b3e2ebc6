import { z } from 'zod';
import type { Sqlite } from '../../db/sqlite/open.ts';

const facts = z.object({
  /** Absent: the station stands alone. */
  centre: z.string().optional(),
  /** JSON of host, port and database, to show. */
  address: z.string().optional(),
  org_code: z.string().optional(),
  org_name: z.string().optional(),
  station_code: z.string().optional(),
  client_id: z.string().optional(),
  incarnation: z.coerce.number().default(0),
  nonce: z.string().optional(),
  next_nonce: z.string().optional(),
  /** JSON of the times, by the centre's clock, at which this installation had to take a new identity. */
  renewed_at: z.string().default('[]'),
  /** JSON of the plants whose rows come to this station. */
  plant_ids: z.string().optional(),
  epoch: z.coerce.number().optional(),
  cursor_seq: z.coerce.number().default(0),
  cursor_hash: z.string().optional(),
  /** Newest unit (local number) whose effect the central images contain. */
  applied_n: z.coerce.number().default(0),
  /** Local number minus number on the wire; grows when the station takes a new identity. */
  unit_base: z.coerce.number().default(0),
  clock_offset_ms: z.coerce.number().optional(),
  /** The centre's clock when it answered the last greeting. */
  server_ms: z.coerce.number().default(0),
  last_contact_at_ms: z.coerce.number().optional(),
  complete_to_ms: z.coerce.number().optional(),
  backed_up_seq: z.coerce.number().default(0),
  /** JSON of a mark per table: the definitions by which the rows here were fetched. */
  readable: z.string().optional(),
  /** JSON of a load that is under way: head, table, last id. */
  loading: z.string().optional(),
  /** Sealed access of a station that is joining: its password may be set already. */
  joining: z.string().optional(),
  /** JSON of the size of the block last leased, by series. */
  block_sizes: z.string().default('{}'),
  /** When rows that had left their time window were last removed. */
  evicted_at_ms: z.coerce.number().optional(),
  checked_at_ms: z.coerce.number().optional(),
  /** When what the rows say was last compared, not only their versions. */
  content_checked_at_ms: z.coerce.number().optional(),
  /** When the daily maintenance of the centre was done last, and by which station when nobody at the centre did it. */
  maintained_at_ms: z.coerce.number().optional(),
  maintained_by: z.string().optional(),
  /** Names of tables whose checksums differed when last compared. */
  differing_tables: z.string().optional(),
});
export type StateFacts = z.infer<typeof facts>;
export type StateKey = keyof StateFacts;

/** What the centre's clock may show now; never before it last answered, whatever the clock here does. */
export const serverTime = ({ server_ms, clock_offset_ms = 0 }: StateFacts, now_ms: number): number =>
  Math.max(server_ms, now_ms - clock_offset_ms);

/** The station's replication state, in memory and in `sync_state`; a write belongs to the transaction it is made in. */
export function createState(db: Sqlite) {
  const all = db.prepare<[], { key: string; value: string }>('select key, value from sync_state');
  const put = db.prepare(
    'insert into sync_state (key, value) values (?, ?) on conflict (key) do update set value = excluded.value',
  );
  const drop = db.prepare('delete from sync_state where key = ?');
  const read = () => new Map(all.all().map(row => [row.key, row.value]));
  const meant = (texts: ReadonlyMap<string, string>): StateFacts => facts.parse(Object.fromEntries(texts));
  let texts = read();
  let held = meant(texts);
  return {
    get facts(): Readonly<StateFacts> {
      return held;
    },
    /** `undefined` forgets a fact. */
    set(changes: Partial<Record<StateKey, string | number | undefined>>): void {
      for (const [key, value] of Object.entries(changes)) {
        if (value === undefined) {
          drop.run(key);
          texts.delete(key);
        } else {
          put.run(key, String(value));
          texts.set(key, String(value));
        }
      }
      held = meant(texts);
    },
    /** After a transaction that was rolled back. */
    reread(): void {
      texts = read();
      held = meant(texts);
    },
  };
}
export type State = ReturnType<typeof createState>;
