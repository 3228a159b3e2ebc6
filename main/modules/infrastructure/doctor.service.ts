import { readdirSync, statfsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { schema } from '../../../db/schema/index.ts';
import packageFacts from '../../../package.json' with { type: 'json' };
import type { backupRow, doctorReport } from '../../../preload/contract/infrastructure.ts';
import { foldersOf, listBackups, newestBackup } from '../../platform/station-folder.ts';
import type { QueryCtx, ReadCtx } from '../../rpc/context.ts';

type Report = z.output<typeof doctorReport>;
type Backup = z.output<typeof backupRow>;
const DAY_MS = 86_400_000;
const OLD_BACKUP_MS = 2 * DAY_MS;
const FEW_BYTES = 2 * 1024 ** 3;
const MOST_DETAILS = 20;

/** Everything one wants to know of a station before trusting it. Reads the whole database: minutes on gigabytes, so run it in a job. */
export function examine(ctx: ReadCtx, data_folder: string): Report {
  const folders = foldersOf(data_folder);
  const integrity = integrityOf(ctx);
  const foreign_keys = foreignKeysOf(ctx);
  const last_backup = lastBackup(data_folder, ctx.now_ms);
  const backup_age_ms = last_backup && Math.max(0, ctx.now_ms - last_backup.made_at_ms);
  const disk = statfsSync(data_folder);
  const disk_free_bytes = disk.bavail * disk.bsize;
  const last_audit_check = lastAuditCheck(ctx);
  const findings: [boolean, Report['warnings'][number]][] = [
    [!integrity.is_ok, 'database_damaged'],
    [!foreign_keys.is_ok, 'foreign_keys_broken'],
    [disk_free_bytes < FEW_BYTES, 'disk_nearly_full'],
    [last_backup === null, 'backup_missing'],
    [backup_age_ms !== null && backup_age_ms > OLD_BACKUP_MS, 'backup_old'],
    [last_audit_check !== null && last_audit_check.faults > 0, 'audit_altered'],
  ];
  return {
    versions: versionsOf(ctx),
    station_id: ctx.station_id,
    data_folder,
    database_bytes: statSync(folders.database).size,
    disk_free_bytes,
    integrity,
    foreign_keys,
    last_backup,
    backup_age_ms,
    last_audit_check,
    counts: countsOf(ctx),
    warnings: findings.flatMap(([found, warning]) => (found ? [warning] : [])),
  };
}

function integrityOf(ctx: ReadCtx): Report['integrity'] {
  const rows = ctx.sql.all<{ quick_check: string }>('pragma quick_check(20)');
  const details = rows.map(r => r.quick_check).filter(line => line !== 'ok');
  return { is_ok: details.length === 0, details };
}
function foreignKeysOf(ctx: ReadCtx): Report['foreign_keys'] {
  const details: string[] = [];
  for (const row of ctx.sql.iterate<{ table: string; rowid: number; parent: string }>(
    'pragma foreign_key_check',
  )) {
    details.push(`${row.table} row ${row.rowid} refers to a missing row of ${row.parent}`);
    if (details.length === MOST_DETAILS) break;
  }
  return { is_ok: details.length === 0, details };
}
export function versionsOf(ctx: ReadCtx): Report['versions'] {
  const migration = ctx.sql.get<{ user_version: number }>('pragma user_version');
  return {
    program: packageFacts.version,
    node: process.versions.node,
    sqlite: ctx.sql.get<{ version: string }>('select sqlite_version() as version')?.version ?? '',
    database: String(migration?.user_version ?? 0),
    platform: `${process.platform} ${process.arch}`,
    electron: process.versions.electron ?? null,
    chrome: process.versions.chrome ?? null,
  };
}
export const VERIFY_INTENT = 'infrastructure.verifyAudit';
function lastAuditCheck(ctx: ReadCtx): Report['last_audit_check'] {
  const row = ctx.sql.get<{ at_ms: number; metadata: string }>(
    "select at_ms, metadata from audit_logs where action = 'SYSTEM' and intent = ? and station_id = ? order by at_ms desc limit 1",
    [VERIFY_INTENT, ctx.station_id],
  );
  if (!row) return null;
  const facts: { faults?: number } = JSON.parse(row.metadata);
  return { at_ms: row.at_ms, faults: facts.faults ?? 0 };
}
function countsOf(ctx: ReadCtx): Record<string, number> {
  const names = Object.keys(schema);
  return Object.fromEntries(
    names.map(name => [name, ctx.sql.get<{ n: number }>(`select count(*) as n from "${name}"`)?.n ?? 0]),
  );
}

/** Newest first. */
export function backupsIn(data_folder: string): Backup[] {
  return listBackups(foldersOf(data_folder)).map(backupAt);
}
export function lastBackup(data_folder: string, now_ms: number): Backup | null {
  const newest = newestBackup(foldersOf(data_folder), now_ms);
  return newest === undefined ? null : backupAt(newest);
}
export function backupAt(file: string): Backup {
  const { mtimeMs, size } = statSync(file);
  return { file_name: path.basename(file), made_at_ms: Math.round(mtimeMs), size_bytes: size };
}
export const listBackupFiles = (ctx: QueryCtx): Backup[] => backupsIn(ctx.data_folder);

/** Newest log files first. */
export function logFiles(data_folder: string): string[] {
  const folder = foldersOf(data_folder).logs;
  const files = readdirSync(folder)
    .filter(f => f.endsWith('.log'))
    .map(f => path.join(folder, f));
  return files.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
}
