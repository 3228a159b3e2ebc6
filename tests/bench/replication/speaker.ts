import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { canonical } from '../../../main/platform/canonical.ts';
import { type Centre, CentreUnreachable } from '../../../main/replication/centre.ts';
import { PROGRAM } from '../../../main/replication/journal.ts';
import { type PullPage, pullPage, pushAnswer, type Unit } from '../../../main/replication/wire.ts';
import { TOOL_NAMES } from '../peers/rows.ts';

/** A station without its own file: it speaks the protocol, so that the centre is what is measured. */
export class Speaker {
  readonly client_id = randomUUID();
  line: Centre;
  cursor = { seq: 0, hash: null as string | null };
  came_again = 0;
  #next_no = 1;
  #nonce: string | null = null;
  readonly #connect: () => Promise<Centre>;
  constructor(line: Centre, connect: () => Promise<Centre>) {
    this.line = line;
    this.#connect = connect;
  }
  async hello(): Promise<void> {
    const next_nonce = randomUUID();
    const greeting = {
      client_id: this.client_id,
      incarnation: 1,
      nonce: this.#nonce,
      next_nonce,
      cursor: null,
      epoch: null,
      schema_version: 1_000_000,
      app_version: '1',
      fingerprint: 'f',
      last_unit_no: 0,
      station_id: randomUUID(),
    };
    const answer = z.object({ head_seq: z.int() });
    const { head_seq } = await this.line.call('hello', answer, [JSON.stringify(greeting)]);
    this.#nonce = next_nonce;
    this.cursor = { seq: head_seq, hash: null };
  }
  unit(): Unit {
    const id = randomUUID();
    const patch = {
      id,
      tool_name: id,
      tool_names: TOOL_NAMES,
      description: 'A tool of the bench',
      category: 'HAND',
      is_active: true,
      created_at_ms: 1,
      created_by: PROGRAM,
      updated_at_ms: 1,
      updated_by: PROGRAM,
    };
    const meta = {
      unit_id: randomUUID(),
      schema_version: 1,
      intent: 'bench.tool',
      actor_id: PROGRAM,
      session_id: null,
      reason: null,
      occurred_at_ms: 1_700_000_000_000,
      clock_offset_ms: 0,
      monotonic_no: this.#next_no,
      seen_seq: 0,
      audit_head: null,
      changes: [{ table: 'tools', id, op: 'I' as const, base_version: null, base: null, patch }],
    };
    const payload_hash = createHash('sha256').update(canonical(meta)).digest('hex');
    return { ...meta, payload_hash, unit_no: this.#next_no++, audit: [] };
  }
  /** Of two hundred that come at once some wait for their turn longer than the centre lets them; like a station they come again. */
  async push(units: readonly Unit[]): Promise<void> {
    for (;;)
      try {
        await this.line.call('push', pushAnswer, [this.client_id, JSON.stringify(units)], 120_000);
        return;
      } catch (error) {
        if (!(error instanceof CentreUnreachable)) throw error;
        this.came_again += 1;
        this.line = await this.#connect();
        await this.hello();
      }
  }
  async *pages(): AsyncGenerator<PullPage> {
    for (let more = true; more; ) {
      const page = await this.line.call(
        'pull',
        pullPage,
        [this.client_id, this.cursor.seq, this.cursor.hash, 1000],
        120_000,
      );
      this.cursor = { seq: page.to_seq, hash: page.to_hash };
      yield page;
      more = page.more;
    }
  }
  async pull(): Promise<void> {
    for await (const _page of this.pages());
  }
}
