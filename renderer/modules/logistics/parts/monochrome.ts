/** Dots across a picture on a label: enough for 25 mm at 300 dpi. */
const MOST_DOTS = 300;

/** A picture as black and white dots: darker than the middle is black, transparent is white. */
export async function monochrome(file: File): Promise<{ columns: number; rows: number; bits: string }> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, MOST_DOTS / Math.max(picture.width, picture.height));
  const columns = Math.max(1, Math.round(picture.width * scale));
  const rows = Math.max(1, Math.round(picture.height * scale));
  const canvas = new OffscreenCanvas(columns, rows);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, columns, rows);
  context.drawImage(picture, 0, 0, columns, rows);
  const { data } = context.getImageData(0, 0, columns, rows);
  const across = Math.ceil(columns / 8);
  const packed = new Uint8Array(across * rows);
  for (let y = 0; y < rows; y += 1)
    for (let x = 0; x < columns; x += 1) {
      const at = (y * columns + x) * 4;
      const light = ((data[at] ?? 0) * 299 + (data[at + 1] ?? 0) * 587 + (data[at + 2] ?? 0) * 114) / 1000;
      const byte = y * across + (x >> 3);
      if (light < 128) packed[byte] = (packed[byte] ?? 0) | (0x80 >> (x & 7));
    }
  return { columns, rows, bits: btoa(String.fromCharCode(...packed)) };
}
