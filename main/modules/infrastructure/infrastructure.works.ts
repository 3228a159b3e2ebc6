import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openReader, openSource } from '../../../db/sqlite/open.ts';
import { settingKeys, settings } from '../../../preload/contract/settings.ts';
import { verifyTrail } from '../../platform/audit-trail.ts';
import { headSealOf } from '../../platform/secrets.ts';
import { backUp, backUpWhenDue, foldersOf, lookAfter } from '../../platform/station-folder.ts';
import type { JobCtx, JobWork } from '../../rpc/handlers.ts';
import { placeOf } from './audit.rules.ts';
import { cleanLogLine, withoutPeople } from './diagnostics.rules.ts';
import { backupAt, examine, logFiles } from './doctor.service.ts';

const LOG_LINES = 2000;

/** Walks the trail on one snapshot: rows written meanwhile belong to the next check. */
async function verifyAudit(ctx: JobCtx) {
  const folders = foldersOf(ctx.data_folder);
  const reader = openReader(folders.database);
  try {
    return reader.transaction(() => {
      const total = Number(reader.prepare('select count(*) from audit_logs').pluck().get());
      ctx.progress('audit_rows', 0, total);
      const { rows, faults } = verifyTrail(reader, ctx.station_id, headSealOf(folders.key), done =>
        ctx.progress('audit_rows', done, total),
      );
      ctx.progress('audit_rows', total, total);
      return {
        rows,
        faults: faults.map(fault => ({ ...placeOf(fault), ...entityAt(ctx, placeOf(fault).row_id) })),
        checked_at_ms: ctx.now_ms,
      };
    })();
  } finally {
    reader.close();
  }
}
function entityAt(ctx: JobCtx, id: string | null) {
  const row =
    id === null
      ? undefined
      : ctx.sql.get<{ entity_type: string; entity_identifier: string | null; at_ms: number }>(
          'select entity_type, entity_identifier, at_ms from audit_logs where id = ?',
          [id],
        );
  return {
    entity_type: row?.entity_type ?? null,
    entity_identifier: row?.entity_identifier ?? null,
    at_ms: row?.at_ms ?? null,
  };
}

async function doctor(ctx: JobCtx) {
  ctx.progress('examining', 0, 1);
  return examine(ctx, ctx.data_folder);
}

async function makeBackup(ctx: JobCtx) {
  ctx.progress('copying', 0, 1);
  const folders = foldersOf(ctx.data_folder);
  const source = openSource(folders.database);
  try {
    return backupAt(backUp(source, folders, 'by-hand'));
  } finally {
    source.close();
  }
}

async function makeDiagnostics(ctx: JobCtx) {
  const folder = ctx.data_folder;
  ctx.progress('examining', 0, 2);
  const people = ctx.sql
    .all<Record<'username' | 'full_name', string> & { email: string | null }>(
      'select username, full_name, email from users',
    )
    .flatMap(u => [u.username, u.full_name, ...u.full_name.split(/\s+/), ...(u.email ? [u.email] : [])]);
  const { data_folder: _, ...report } = examine(ctx, folder);
  ctx.progress('logs', 1, 2);
  const logs = logFiles(folder).map(file => {
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean).slice(-LOG_LINES);
    return { file: path.basename(file), lines: lines.flatMap(line => cleanLogLine(line, people) ?? []) };
  });
  const changed = settingKeys.filter(
    key => JSON.stringify(ctx.setting(key)) !== JSON.stringify(settings[key].default),
  );
  const pack = { made_at: new Date(ctx.now_ms).toISOString(), report, settings_changed: changed, logs };
  const name = `millwright-diagnostics-${new Date(ctx.now_ms).toISOString().slice(0, 19).replaceAll(':', '-')}.json`;
  const file = path.join(ctx.work_folder, name);
  writeFileSync(file, withoutPeople(JSON.stringify(pack, null, 1), people));
  return { file, name };
}

export const infrastructureWorks = {
  'infrastructure.lookAfter': async (ctx: JobCtx) => lookAfter(ctx.data_folder, ctx.now_ms),
  'infrastructure.backUpWhenDue': async (ctx: JobCtx) => backUpWhenDue(ctx.data_folder, ctx.now_ms),
  'infrastructure.verifyAudit': verifyAudit,
  'infrastructure.doctor': doctor,
  'infrastructure.makeBackup': makeBackup,
  'infrastructure.makeDiagnostics': makeDiagnostics,
} satisfies Record<string, JobWork>;
