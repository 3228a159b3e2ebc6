import { closeSync, openSync, readSync } from 'node:fs';
import { extname } from 'node:path';
import { fileTypeFromFile } from 'file-type';

const OLD_OFFICE = 'application/x-cfb';

/** Type of a stored file from its content; the name only tells apart what content cannot (text, old Word, DXF). */
export async function sniffType(
  file: string,
  name: string,
): Promise<{ mime_type: string; file_extension: string }> {
  const named = extname(name).slice(1).toLowerCase();
  const found = await fileTypeFromFile(file);
  if (found?.mime === OLD_OFFICE) return { mime_type: 'application/msword', file_extension: 'doc' };
  if (found) return { mime_type: found.mime, file_extension: found.ext };
  const head = readHead(file);
  if (/^AC10\d\d/.test(head.toString('latin1'))) return { mime_type: 'image/vnd.dwg', file_extension: 'dwg' };
  if (!isText(head)) return { mime_type: 'application/octet-stream', file_extension: 'bin' };
  if (named === 'dxf' && /^\s*0\s*\r?\n\s*SECTION/.test(head.toString('latin1')))
    return { mime_type: 'image/vnd.dxf', file_extension: 'dxf' };
  return { mime_type: 'text/plain', file_extension: 'txt' };
}

function readHead(file: string): Buffer {
  const buffer = Buffer.alloc(4096);
  const handle = openSync(file, 'r');
  try {
    return buffer.subarray(0, readSync(handle, buffer, 0, buffer.length, 0));
  } finally {
    closeSync(handle);
  }
}
/** Valid UTF-8 (a cut last character aside) without control characters. */
function isText(head: Buffer): boolean {
  const text = new TextDecoder('utf-8').decode(head, { stream: true });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what we look for
  return !text.includes('\ufffd') && !/[\x00-\x08\x0e-\x1f]/.test(text);
}
