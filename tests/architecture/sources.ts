import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');
export interface Source {
  file: string;
  text: string;
  imports: string[];
}
/** Every source file with the modules it imports; relative ones resolved to paths from the root. */
export function sources(...folders: string[]): Source[] {
  return folders.flatMap(folder =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .map(f => path.posix.join(folder, f.replaceAll('\\', '/')))
      .filter(f => /\.(tsx?|mjs)$/.test(f))
      .map(file => {
        const text = readFileSync(path.join(root, file), 'utf8');
        return { file, text, imports: importsOf(file, text) };
      }),
  );
}
function importsOf(file: string, text: string): string[] {
  const found = text.matchAll(
    /^(?:import|export)\b[^;'"]*?\bfrom '([^'\n]+)'|\bimport\((?:\/\*.*?\*\/ ?)?'([^'\n]+)'\)|^import '([^'\n]+)'/gm,
  );
  return [...found]
    .map(([, a, b, c]) => a ?? b ?? c ?? '')
    .map(target =>
      target.startsWith('.') ? path.posix.join(path.posix.dirname(file), target.split('?')[0] ?? '') : target,
    );
}
