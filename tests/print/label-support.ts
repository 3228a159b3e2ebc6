import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import type { PlacedLabel } from '../../main/printing/labels/layout.rules.ts';
import { labelLayout, labelType } from '../../preload/contract/labels.ts';

const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
// The decoder's own program comes from its package; nothing is fetched.
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(wasm)).buffer } });

const root = path.join(import.meta.dirname, '../../resources/label-templates');
const template = z.object({ template_code: z.string(), label_type: labelType, layout: labelLayout });
export const shippedTemplates = readdirSync(root).map(file =>
  template.parse(JSON.parse(readFileSync(path.join(root, file), 'utf8'))),
);

export interface Read {
  format: string;
  text: string;
  /** Middle of the symbol, in the dots of the picture. */
  middle: { x: number; y: number };
}
/** What the decoder reads in a PNG or in raw dots, in no order. */
export async function decoded(image: Uint8Array | ImageData, most = 20): Promise<Read[]> {
  const found = await readBarcodes(image instanceof Uint8Array ? new Blob([new Uint8Array(image)]) : image, {
    tryHarder: true,
    maxNumberOfSymbols: most,
  });
  return found
    .filter(one => one.isValid)
    .map(({ format, text, position: { topLeft, topRight, bottomLeft, bottomRight } }) => ({
      format,
      text,
      middle: {
        x: (topLeft.x + topRight.x + bottomLeft.x + bottomRight.x) / 4,
        y: (topLeft.y + topRight.y + bottomLeft.y + bottomRight.y) / 4,
      },
    }));
}

/** The dots of frames, lines and barcodes, as the print head burns them; letters are left out. */
export function dotsOf({ width, height, items }: PlacedLabel): ImageData {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  const burn = (x: number, y: number, across: number, down: number) => {
    for (let row = y; row < Math.min(height, y + down); row += 1)
      for (let column = x; column < Math.min(width, x + across); column += 1) {
        const at = (row * width + column) * 4;
        data[at] = data[at + 1] = data[at + 2] = 0;
      }
  };
  for (const item of items) {
    if (item.kind === 'bar') burn(item.x, item.y, item.width, item.height);
    if (item.kind === 'frame') {
      const { x, y, thickness } = item;
      burn(x, y, item.width, thickness);
      burn(x, y + item.height - thickness, item.width, thickness);
      burn(x, y, thickness, item.height);
      burn(x + item.width - thickness, y, thickness, item.height);
    }
    if (item.kind !== 'grid') continue;
    for (let row = 0; row < item.rows; row += 1)
      for (let column = 0; column < item.columns; column += 1)
        if (item.cells[row * item.columns + column] === 1)
          burn(
            item.x + column * item.cell_width,
            item.y + row * item.cell_height,
            item.cell_width,
            item.cell_height,
          );
  }
  return { width, height, data, colorSpace: 'srgb' } as ImageData;
}
