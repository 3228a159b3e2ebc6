import path from 'node:path';
import { StartRefusal } from '../platform/station-folder.ts';

const texts: Record<StartRefusal['code'], (details: Record<string, unknown>) => string> = {
  second_instance: d => `Millwright is already running on ${d.folder}. Use that window, or close it first.`,
  database_newer: d =>
    `The database was written by a newer version (${d.file_version}; this program knows ${d.program_version}). Install the newer version. Nothing was changed.`,
  database_damaged: d =>
    d.last_backup
      ? `The database ${d.file} is damaged and was left as it is. Put the last backup in its place (the damaged file is kept): npm run -s cli -- backup restore "${d.last_backup}" --data "${path.dirname(String(d.file))}"`
      : `The database ${d.file} is damaged and was left as it is. There is no backup: keep the file and call support.`,
  database_read_only: d =>
    `The database ${d.file} is read-only. Give your account write permission on it, then start again.`,
  disk_full: d => `The disk of ${d.folder} is full. Free some space, then start again. Nothing was lost.`,
  folder_not_writable: d =>
    `The data folder ${d.folder} cannot be written (${d.reason}). Choose another with --data DIR, or correct its permissions.`,
};

/** One line that says what is wrong and what to do; undefined for a fault that is not a refusal. */
export function startRefusalText(error: unknown): string | undefined {
  return error instanceof StartRefusal ? texts[error.code](error.details) : undefined;
}

/** The backup that can stand in for a damaged database. */
export function lastBackupOf(error: unknown): string | null {
  const isDamage = error instanceof StartRefusal && error.code === 'database_damaged';
  return isDamage && typeof error.details.last_backup === 'string' ? error.details.last_backup : null;
}

/** The page a browser sees instead of the program. */
export function refusalPage(text: string): string {
  const safe = text.replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Millwright</title><meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'"><style>body{font:18px/1.5 system-ui,sans-serif;max-width:40em;margin:15vh auto;padding:0 1em;color-scheme:light dark}</style><h1>Millwright did not start</h1><p>${safe}</p></html>`;
}
