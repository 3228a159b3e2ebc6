import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE_BYTES = 8;
const MOST_COLOURS = 256;
const [GRAYS, COLOURS, INDEXES] = [0, 2, 3];

/**
 * The same picture in at most 256 colours, which screens of text and lines hardly use up, with its rows packed as
 * tightly as PNG can. Takes 8 bits per channel without transparency.
 */
export function compressed(png: Buffer): Buffer {
  const chunks = chunksOf(png);
  const head = chunks.find(({ type }) => type === 'IHDR')?.body ?? png;
  const [width, height, kind] = [head.readUInt32BE(0), head.readUInt32BE(4), head[9]];
  const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ body }) => body));
  if (kind === GRAYS) return fileOf(png, head, [], inflateSync(packed));
  if (kind !== COLOURS) throw new Error(`a picture of kind ${kind}`);
  const pixels = pixelsOf(inflateSync(packed), width, height);
  const palette = paletteOf(pixels);
  const indexed = Buffer.alloc((width + 1) * height);
  const nearest = new Map<number, number>();
  for (const [at, colour] of pixels.entries()) {
    const index = nearest.get(colour) ?? nearestIn(palette, colour);
    nearest.set(colour, index);
    indexed[Math.floor(at / width) * (width + 1) + 1 + (at % width)] = index;
  }
  const indexedHead = Buffer.from(head);
  indexedHead[9] = INDEXES;
  return fileOf(png, indexedHead, palette, indexed);
}

function fileOf(png: Buffer, head: Buffer, palette: number[], rows: Buffer): Buffer {
  const colours = Buffer.from(palette.flatMap(colour => channels(colour)));
  return Buffer.concat([
    png.subarray(0, SIGNATURE_BYTES),
    written('IHDR', head),
    ...(palette.length > 0 ? [written('PLTE', colours)] : []),
    written('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    written('IEND', Buffer.alloc(0)),
  ]);
}
const channels = (colour: number): [number, number, number] => [
  colour >> 16,
  (colour >> 8) & 255,
  colour & 255,
];

/** The most used colour of every neighbourhood first, so that a small red mark stays red beside a thousand greys. */
function paletteOf(pixels: Uint32Array): number[] {
  const uses = new Map<number, number>();
  for (const colour of pixels) uses.set(colour, (uses.get(colour) ?? 0) + 1);
  const byUse = [...uses].sort((a, b) => b[1] - a[1]).map(([colour]) => colour);
  const neighbourhoods = new Map<number, number>();
  for (const colour of byUse) {
    const neighbourhood = colour & 0xf0f0f0;
    if (!neighbourhoods.has(neighbourhood)) neighbourhoods.set(neighbourhood, colour);
  }
  return [...new Set([...neighbourhoods.values(), ...byUse])].slice(0, MOST_COLOURS);
}
function nearestIn(palette: number[], colour: number): number {
  const [red, green, blue] = channels(colour);
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (const [index, one] of palette.entries()) {
    const [r, g, b] = channels(one);
    const distance = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
    if (distance < least) [best, least] = [index, distance];
  }
  return best;
}

/** Undoes the filters of the rows (PNG 9.2). */
function pixelsOf(rows: Buffer, width: number, height: number): Uint32Array {
  const [row_bytes, pixel_bytes] = [width * 3, 3];
  const plain = Buffer.alloc(row_bytes * height);
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (row_bytes + 1)] ?? 0;
    for (let x = 0; x < row_bytes; x++) {
      const at = y * row_bytes + x;
      const left = x >= pixel_bytes ? (plain[at - pixel_bytes] ?? 0) : 0;
      const above = y > 0 ? (plain[at - row_bytes] ?? 0) : 0;
      const corner = x >= pixel_bytes && y > 0 ? (plain[at - row_bytes - pixel_bytes] ?? 0) : 0;
      plain[at] = (rows[y * (row_bytes + 1) + 1 + x] ?? 0) + foretold(filter, left, above, corner);
    }
  }
  return Uint32Array.from({ length: width * height }, (_, at) => plain.readUIntBE(at * pixel_bytes, 3));
}
function foretold(filter: number, left: number, above: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  if (filter === 0) return 0;
  const [a, b, c] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? above : corner;
}

function chunksOf(png: Buffer): { type: string; body: Buffer }[] {
  const chunks = [];
  let at = SIGNATURE_BYTES;
  while (at < png.length) {
    const length = png.readUInt32BE(at);
    chunks.push({
      type: png.toString('latin1', at + 4, at + 8),
      body: png.subarray(at + 8, at + 8 + length),
    });
    at += length + 12;
  }
  return chunks;
}
function written(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
