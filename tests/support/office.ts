import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from './station.ts';

export const hasOffice = spawnSync('soffice', ['--version']).status === 0;
// biome-ignore lint/suspicious/noConsole: a skipped test says why
if (!hasOffice) console.warn('skipped: LibreOffice is not installed: files are opened by no second program');

/** Has LibreOffice open each file and write it as another kind; throws where it cannot. Answers the files it wrote. */
export function convertedByOffice(files: readonly string[], to: string, filter: string[] = []): string[] {
  const folder = temporaryFolder('office-');
  const copies = files.map((file, n) => path.join(folder, `${n + 1}${path.extname(file)}`));
  for (const [n, file] of files.entries()) copyFileSync(file, copies[n] ?? '');
  const own = `-env:UserInstallation=file://${folder}/profile`;
  // In a folder of their own: a file saved as the same kind must not be taken for the one that was opened.
  const made = path.join(folder, 'made');
  execFileSync('soffice', [own, '--headless', ...filter, '--convert-to', to, '--outdir', made, ...copies], {
    stdio: 'pipe',
  });
  return copies.map(copy => {
    const file = path.join(made, `${path.basename(copy, path.extname(copy))}.${to.split(':')[0]}`);
    if (statSync(file).size === 0) throw new Error(`${file} is empty`);
    return file;
  });
}
/** Opens PDF files as drawings, with all of their pages. Without LibreOffice nothing is opened. */
export function opensInOffice(pdfs: readonly string[]): void {
  if (hasOffice) convertedByOffice(pdfs, 'odg', ['--infilter=draw_pdf_import']);
}
