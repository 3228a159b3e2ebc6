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
  execFileSync('soffice', [own, '--headless', ...filter, '--convert-to', to, '--outdir', folder, ...copies], {
    stdio: 'pipe',
  });
  return copies.map(copy => {
    const made = `${copy.slice(0, -path.extname(copy).length)}.${to.split(':')[0]}`;
    if (statSync(made).size === 0) throw new Error(`${made} is empty`);
    return made;
  });
}
/** Opens PDF files as drawings, with all of their pages. Without LibreOffice nothing is opened. */
export function opensInOffice(pdfs: readonly string[]): void {
  if (hasOffice) convertedByOffice(pdfs, 'odg', ['--infilter=draw_pdf_import']);
}
