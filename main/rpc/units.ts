import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Sqlite } from '../../db/sqlite/open.ts';
import type { AuditEvent, AuditTrail, Change } from '../platform/audit-trail.ts';
import type { Log } from '../platform/log.ts';
import type { Clock, Ids } from '../platform/ports.ts';
import type { Transfers } from '../platform/transfers.ts';
import type { ReplicationStatus } from '../replication/port.ts';
import type { Actor, CommandCtx, Subscriptions } from './context.ts';
import { readOnlyContext } from './query-context.ts';
import { Refusal } from './refusal.ts';
import { statementsOf } from './statements.ts';
import { createWriter } from './write.ts';

interface UnitParts {
  db: Sqlite;
  trail: AuditTrail;
  clock: Clock;
  ids: Ids;
  log: Log;
  organization_id: number;
  station_id: string;
  subscriptions: readonly Subscriptions[];
  transfers: Transfers;
  data_folder: string;
  replicationStatus(): ReplicationStatus;
  changed(tables: string[]): void;
}
interface OpenUnit {
  changes: Change[];
  events: AuditEvent[];
  reason: string | null;
}

/** One command = one immediate transaction = one unit of the audit trail. No await can happen inside: the function is synchronous. */
export function createUnits(parts: UnitParts) {
  const { db } = parts;
  let open: OpenUnit | null = null;
  db.function(
    'capture_change',
    (
      table: string,
      row_id: string,
      identifier: string | null,
      before: string | null,
      after: string | null,
    ) => {
      if (!open) throw new Error('a write outside a command');
      open.changes.push({
        table,
        row_id,
        identifier,
        before: before === null ? null : JSON.parse(before),
        after: after === null ? null : JSON.parse(after),
      });
      return null;
    },
  );
  const writer = createWriter(db);
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
        station_id: parts.station_id,
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

  function command<T>(actor: Actor, intent: string, run: (ctx: CommandCtx) => T): T {
    if (open) throw new Error('a command inside a command');
    const unit: OpenUnit = { changes: [], events: [], reason: null };
    const now_ms = parts.clock.now_ms();
    let kept: Refusal | undefined;
    let value: T | undefined;
    open = unit;
    try {
      db.transaction(() => {
        try {
          value = run(contextOf(actor, unit, now_ms));
        } catch (error) {
          if (!(error instanceof Refusal) || !error.keep_writes) throw error;
          kept = error;
        }
        parts.trail.write(
          {
            organization_id: parts.organization_id,
            station_id: parts.station_id,
            at_ms: now_ms,
            user_id: actor.is_person ? actor.user_id : null,
            user_name: actor.full_name,
            session_id: actor.session_id,
            request_id: parts.ids.next(),
            intent,
            reason: unit.reason,
          },
          unit.changes,
          unit.events,
        );
      }).immediate();
    } finally {
      open = null;
    }
    const names = [...new Set(unit.changes.map(c => c.table))];
    if (names.length > 0) parts.changed(names);
    if (kept) throw kept;
    return value as T;
  }
  return { command };
}
