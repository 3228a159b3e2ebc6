const PREVIEWABLE = new Set(['application/pdf', 'image/jpeg', 'image/png', 'image/gif', 'image/webp']);
/** Types a window can show by itself without running anything. */
export const isPreviewable = (mime_type: string): boolean => PREVIEWABLE.has(mime_type);

const SAME = new Map([
  ['jpeg', 'jpg'],
  ['tiff', 'tif'],
]);
const plain = (extension: string): string => {
  const lower = extension.trim().replace(/^\./, '').toLowerCase();
  return SAME.get(lower) ?? lower;
};
/** `found` is the extension that belongs to the content, never the one in the name. */
export const isAllowedType = (found: string, allowed: readonly string[]): boolean =>
  allowed.map(plain).includes(plain(found));

/** The last part of a path, without characters that a file system or a header would read as something else. */
export function cleanName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what we take out
  const clean = last.replace(/[\x00-\x1f\x7f"<>|:*?\u202a-\u202e\u2066-\u2069]/g, '_').trim();
  return clean === '' || clean === '.' || clean === '..' ? 'file' : clean.slice(0, 255);
}
