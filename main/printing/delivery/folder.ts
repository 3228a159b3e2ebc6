import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type DeliveryOutcome, PRINTED } from './outcome.ts';

/** Puts a file where a spooler takes it; under its name only when it is whole. */
export async function sendToFolder(content: string, folder: string, name: string): Promise<DeliveryOutcome> {
  const file = path.join(folder, name);
  const growing = path.join(folder, `.${name}.part`);
  try {
    await writeFile(growing, content, { flag: 'wx' });
    await rename(growing, file);
    return PRINTED;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { kind: 'failed', code: 'folder_unwritable', detail };
  }
}
