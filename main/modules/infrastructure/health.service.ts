import { statfsSync } from 'node:fs';
import type { z } from 'zod';
import type { health } from '../../../preload/contract/infrastructure.ts';
import type { QueryCtx } from '../../rpc/context.ts';
import { lastBackup } from './doctor.service.ts';

type Health = z.output<typeof health>;
type Exchange = ReturnType<QueryCtx['replicationStatus']>;
/** What a look from another process has as well, beside the running station. */
export type HealthPlace = Pick<QueryCtx, 'sql' | 'log' | 'data_folder' | 'now_ms'> &
  Pick<Exchange, 'waiting_units' | 'oldest_waiting_at_ms' | 'clock_offset_ms' | 'last_contact_at_ms'>;
const HOUR_MS = 3_600_000;
const SLOW_DATABASE_MS = 1000;
const OLD_BACKUP_MS = 26 * HOUR_MS;
const LONG_WAIT_MS = 24 * HOUR_MS;
const WRONG_CLOCK_MS = 5 * 60_000;
const LEAST_FREE = 0.1;

/** How long an answer of the database takes, or null when none comes. */
function databasePing(ctx: HealthPlace): number | null {
  const began_ms = performance.now();
  try {
    ctx.sql.get('select 1 from system_settings limit 1');
    return Math.round(performance.now() - began_ms);
  } catch (error) {
    ctx.log.error({ error: String(error) }, 'the database does not answer');
    return null;
  }
}
function orphanMovements(ctx: HealthPlace): number {
  const row = ctx.sql.get<{ n: number }>(
    `select count(*) as n from movement_totals t where not exists (select 1 from work_centers w where w.id = t.work_center_id)`,
  );
  return row?.n ?? 0;
}

/** The state of this station at a glance; costs milliseconds, so that a machine may ask every minute. */
export function healthOf(ctx: QueryCtx): Health {
  const { state, ...exchange } = ctx.replicationStatus();
  return { ...healthSeen({ ...ctx, ...exchange }), exchange: state };
}
/** Everything but how the exchange stands at this moment, which only the running station knows. */
export function healthSeen(ctx: HealthPlace): Omit<Health, 'exchange'> {
  const database_ms = databasePing(ctx);
  const is_ready = database_ms !== null && database_ms < SLOW_DATABASE_MS;
  const disk = statfsSync(ctx.data_folder);
  const disk_free_ratio = disk.bavail / disk.blocks;
  const made_at_ms = lastBackup(ctx.data_folder, ctx.now_ms)?.made_at_ms ?? null;
  const backup_age_ms = made_at_ms === null ? null : Math.max(0, ctx.now_ms - made_at_ms);
  const { waiting_units, oldest_waiting_at_ms, clock_offset_ms, last_contact_at_ms } = ctx;
  const waits_since_ms = oldest_waiting_at_ms === null ? 0 : ctx.now_ms - oldest_waiting_at_ms;
  const orphan_groups = database_ms === null ? 0 : orphanMovements(ctx);
  const findings: [boolean, Health['problems'][number]][] = [
    [database_ms === null, 'database_down'],
    [database_ms !== null && database_ms >= SLOW_DATABASE_MS, 'database_slow'],
    [disk_free_ratio < LEAST_FREE, 'disk_nearly_full'],
    [backup_age_ms === null, 'backup_missing'],
    [backup_age_ms !== null && backup_age_ms > OLD_BACKUP_MS, 'backup_old'],
    [waits_since_ms > LONG_WAIT_MS, 'queue_old'],
    [Math.abs(clock_offset_ms ?? 0) > WRONG_CLOCK_MS, 'clock_wrong'],
    [orphan_groups > 0, 'orphans'],
  ];
  return {
    is_live: true,
    is_ready,
    database_ms,
    disk_free_bytes: disk.bavail * disk.bsize,
    disk_free_ratio,
    backup_age_ms,
    waiting_units,
    oldest_waiting_at_ms,
    last_contact_at_ms,
    clock_offset_ms,
    problems: findings.flatMap(([found, problem]) => (found ? [problem] : [])),
  };
}
