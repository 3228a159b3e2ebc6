import path from 'node:path';
import { fillText, startTexts } from '../platform/start-texts.ts';
import { StartRefusal } from '../platform/station-folder.ts';

/** One line that says what is wrong and what to do; undefined for a fault that is not a refusal. */
export function startRefusalText(error: unknown, locale: string): string | undefined {
  if (!(error instanceof StartRefusal)) return undefined;
  const { refused } = startTexts(locale).texts;
  const backup = lastBackupOf(error);
  if (backup === null) return fillText(refused[error.code], error.details);
  const folder = path.dirname(String(error.details.file));
  const command = `npm run -s cli -- backup restore "${backup}" --data "${folder}"`;
  return fillText(refused.database_damaged_with_backup, { ...error.details, command });
}

/** Why the address cannot be served; undefined for a fault that has nothing to do with the port. */
export function portRefusalText(error: unknown, port: string, locale: string): string | undefined {
  const { refused } = startTexts(locale).texts;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return fillText(refused.port_taken, { port });
  if (code === 'EACCES') return fillText(refused.port_not_allowed, { port });
  return undefined;
}

/** The backup that can stand in for a damaged database. */
export function lastBackupOf(error: unknown): string | null {
  const isDamage = error instanceof StartRefusal && error.code === 'database_damaged';
  return isDamage && typeof error.details.last_backup === 'string' ? error.details.last_backup : null;
}

/** The page a browser sees instead of the program. */
export function refusalPage(text: string, locale: string): string {
  const { language, texts } = startTexts(locale);
  const safe = text.replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`);
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>Millwright</title><meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'"><style>body{font:18px/1.5 system-ui,sans-serif;max-width:40em;margin:15vh auto;padding:0 1em;color-scheme:light dark;overflow-wrap:anywhere}</style><h1>${texts.page_title}</h1><p>${safe}</p></html>`;
}
