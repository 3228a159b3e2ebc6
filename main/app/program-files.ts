import path from 'node:path';

/** Built: everything of main lies in dist/main. Source tree: main/app/program-files.ts, used by the tests of the shell. */
export const dataProcessFile = (): string =>
  import.meta.filename.endsWith('.ts')
    ? path.join(import.meta.dirname, '../data-process.ts')
    : path.join(import.meta.dirname, 'data-process.js');
export const preloadFile = (dist_folder: string): string => path.join(dist_folder, 'preload/index.cjs');
