import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

/** Bytes under their SHA-256: equal content is stored once, a wrong byte is noticed. */
export function createFileStore(folder: string) {
  const pathOf = (sha256: string): string =>
    path.join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  return {
    pathOf,
    has: (sha256: string): boolean => existsSync(pathOf(sha256)),
    /** Moves a received file into the store; the content decides the name. */
    async adopt(file: string): Promise<{ sha256: string; size_bytes: number }> {
      const sha256 = await sha256OfFile(file);
      const size_bytes = statSync(file).size;
      const target = pathOf(sha256);
      mkdirSync(path.dirname(target), { recursive: true });
      if (existsSync(target)) rmSync(file);
      else renameSync(file, target);
      return { sha256, size_bytes };
    },
  };
}
export type FileStore = ReturnType<typeof createFileStore>;

export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}
