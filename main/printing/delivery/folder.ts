import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type DeliveryOutcome, PRINTED } from './outcome.ts';

/** Puts a file where a spooler takes it; under its name only when it is whole. A part left by a stop or a full disk is written anew. */
export async function sendToFolder(content: string, folder: string, name: string): Promise<DeliveryOutcome> {
  const file = path.join(folder, name);
  const growing = path.join(folder, `.${name}.part`);
  try {
    await writeFile(growing, content, { flush: true });
    await rename(growing, file);
    return PRINTED;
  } catch (error) {
    await rm(growing, { force: true }).catch(() => undefined);
    const detail = error instanceof Error ? error.message : String(error);
    return { kind: 'failed', code: 'folder_unwritable', detail };
  }
}
