import { closeSync, existsSync, fstatSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { refuse } from '../../rpc/refusal.ts';
import {
  type ImportFile,
  importFileNames,
  largestImportFile,
  optionalImportFiles,
} from './import-shape.rules.ts';

/**
 * The catalogue files of a folder as texts. Refuses `import_file_missing`, `import_file_too_large` and
 * `import_file_not_text` (bytes that are not UTF-8), each naming the file.
 */
export function readCatalogueFolder(folder: string): ImportFile[] {
  const files: ImportFile[] = [];
  for (const name of importFileNames) {
    const file = path.join(folder, name);
    if (!existsSync(file)) {
      if (optionalImportFiles.has(name)) continue;
      refuse('import_file_missing', { file: name });
    }
    files.push({ name, text: readText(file, name) });
  }
  return files;
}

function readText(file: string, name: string): string {
  const handle = openSync(file, 'r');
  try {
    const facts = fstatSync(handle);
    if (!facts.isFile()) refuse('import_file_missing', { file: name });
    if (facts.size > largestImportFile)
      refuse('import_file_too_large', { file: name, limit_mb: largestImportFile / 1024 / 1024 });
    return decode(readFileSync(handle), name);
  } finally {
    closeSync(handle);
  }
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse('import_file_not_text', { file: name });
  }
}
