import path from 'node:path';

/** Entry file of a thread. Source tree: this file is main/platform/threads.ts; packaged: everything lies in one folder. */
export const threadFile = (name: string): string =>
  import.meta.filename.endsWith('.ts')
    ? path.join(import.meta.dirname, `../${name}.ts`)
    : path.join(import.meta.dirname, `${name}.js`);
