import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { programFolders } from '../compose.ts';
import { fillText } from '../platform/start-texts.ts';

/** English text of a refusal from the catalogue, with its details filled in; the code itself when there is no text. */
export function wordsOf(code: string, details: Record<string, unknown>): string {
  const text = refusalTexts()[code];
  return text ? `${fillText(text, details)} (${code})` : `${code} ${JSON.stringify(details)}`;
}

function refusalTexts(): Record<string, string> {
  const folder = path.join(programFolders().resources, 'locales/en');
  const all = readdirSync(folder).map(file => JSON.parse(readFileSync(path.join(folder, file), 'utf8')));
  return Object.assign({}, ...all.map(texts => texts.refusals ?? {}));
}
