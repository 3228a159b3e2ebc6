import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { AnyTable } from '../../db/kit/define-table.ts';
import type { Sqlite } from '../../db/sqlite/open.ts';
import { referencesIn } from '../../db/sqlite/references.ts';
import type { AuditEvent, AuditTrail, ChainPlaces, UnitMeta } from '../platform/audit-trail.ts';
import type { Log } from '../platform/log.ts';
import type { Clock, Ids } from '../platform/ports.ts';
import { auditChangeOf, foldChanges, type RowChange } from '../platform/row-changes.ts';
import type { Transfers } from '../platform/transfers.ts';
import type { ReplicationStatus } from '../replication/port.ts';
import type { Actor, CommandCtx, Subscriptions } from './context.ts';
import { readOnlyContext } from './query-context.ts';
import { Refusal } from './refusal.ts';
import { statementsOf } from './statements.ts';
import { createWriter } from './write.ts';

/** Keeps a command's changes for the centre, in the command's own transaction. */
export interface Journal {
  /** True while the replicator itself writes: what it brings is not a change of this station. */
  readonly is_applying: boolean;
  keep(meta: UnitMeta, changes: readonly RowChange[], places: ChainPlaces | null): void;
  /** After the transaction: something waits to be sent. */
  kept(): void;
}
interface UnitParts {
  db: Sqlite;
  tables: readonly AnyTable[];
  trail: AuditTrail;
  journal: Journal;
  clock: Clock;
  ids: Ids;
  log: Log;
  organization_id: number;
  station: { readonly station_id: string };
  subscriptions: readonly Subscriptions[];
  transfers: Transfers;
  data_folder: string;
  replicationStatus(): ReplicationStatus;
  changed(tables: string[]): void;
}
interface OpenUnit {
  changes: RowChange[];
  events: AuditEvent[];
  reason: string | null;
}

/** One command = one immediate transaction = one unit of the audit trail. No await can happen inside: the function is synchronous. */
export function createUnits(parts: UnitParts) {
  const { db } = parts;
  let open: OpenUnit | null = null;
  const capture = (table: string, row_id: string, before: string | null, after: string | null): void => {
    if (!open) throw new Error('a write outside a command');
    open.changes.push({
      table,
      row_id,
      before: before === null ? null : JSON.parse(before),
      after: after === null ? null : JSON.parse(after),
    });
  };
  db.function('capture_change', { varargs: true }, (...change: [] | Parameters<typeof capture>) => {
    if (change.length === 0) return open || !parts.journal.is_applying ? 1 : 0;
    capture(...change);
    return null;
  });
  const definitions = new Map(parts.tables.map(def => [def.name, def]));
  const auditChanges = (changes: readonly RowChange[]) =>
    changes.flatMap(change => {
      const def = definitions.get(change.table);
      return (def?.audited && auditChangeOf(def, change)) || [];
    });
  const takeNumber = db.prepare<{ series: string }, { taken: number }>(
    `update sync_number_blocks set next_no = next_no + 1 where series = @series and next_no = (
       select min(next_no) from sync_number_blocks where series = @series and next_no <= last_no
     ) returning next_no - 1 as taken`,
  );
  const writer = createWriter(db);
  const references = referencesIn(db);
  const readDb = drizzle(db);
  const sql = statementsOf(db);

  function contextOf(actor: Actor, unit: OpenUnit, now_ms: number): CommandCtx {
    const by = {
      organization_id: parts.organization_id,
      user_id: actor.user_id,
      now_ms,
      newId: () => parts.ids.next(),
    };
    const ctx: CommandCtx = {
      ...readOnlyContext({
        db: readDb,
        sql,
        actor,
        organization_id: parts.organization_id,
        station_id: parts.station.station_id,
        now_ms,
        log: parts.log,
      }),
      offerDownload: parts.transfers.offer,
      data_folder: parts.data_folder,
      replicationStatus: parts.replicationStatus,
      expectUpload: parts.transfers.expect,
      received: parts.transfers.received,
      newId: () => parts.ids.next() as never,
      insert: (def, values) => writer.insert(def, values, by),
      update: (def, id, patch, expected_version) => writer.update(def, id, patch, by, expected_version),
      remove: (def, id) => writer.remove(def, id),
      takeLeasedNumber: series => takeNumber.get({ series })?.taken ?? null,
      record: event => void unit.events.push(event),
      because: reason => {
        unit.reason = reason;
      },
      announce: event => {
        // biome-ignore lint/suspicious/noExplicitAny: the key selects the listener of exactly this event
        for (const listeners of parts.subscriptions) (listeners[event.kind] as any)?.(ctx, event);
      },
    };
    return ctx;
  }

  function command<T>(
    actor: Actor,
    intent: string,
    run: (ctx: CommandCtx) => T,
    now_ms = parts.clock.now_ms(),
  ): T {
    if (open) throw new Error('a command inside a command');
    const unit: OpenUnit = { changes: [], events: [], reason: null };
    let kept: Refusal | undefined;
    let value: T | undefined;
    open = unit;
    try {
      references.check();
      db.transaction(() => {
        try {
          value = run(contextOf(actor, unit, now_ms));
        } catch (error) {
          if (!(error instanceof Refusal) || !error.keep_writes) throw error;
          kept = error;
        }
        const meta: UnitMeta = {
          organization_id: parts.organization_id,
          station_id: parts.station.station_id,
          at_ms: now_ms,
          user_id: actor.is_person ? actor.user_id : null,
          user_name: actor.full_name,
          session_id: actor.session_id,
          request_id: parts.ids.next(),
          intent,
          reason: unit.reason,
        };
        const changes = foldChanges(unit.changes);
        parts.journal.keep(meta, changes, parts.trail.write(meta, auditChanges(changes), unit.events));
      }).immediate();
    } finally {
      open = null;
    }
    const names = [...new Set(unit.changes.map(c => c.table))];
    if (names.length > 0) parts.changed(names);
    parts.journal.kept();
    if (kept) throw kept;
    return value as T;
  }
  return { command };
}
