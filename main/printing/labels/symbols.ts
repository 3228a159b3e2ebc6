import {
  type BwippOptions,
  code39,
  code128,
  type DrawingContext,
  datamatrix,
  ean13,
  gs1_128,
  gs1datamatrix,
  hibccode128,
  hibcdatamatrix,
  itf14,
  qrcode,
  type RenderOptions,
  upca,
} from 'bwip-js/generic';
import type { Symbology } from '../../../preload/contract/labels.ts';

/** A barcode in modules: one row for a linear symbol, which is as high as its place. */
export interface BarcodeSymbol {
  columns: number;
  rows: number;
  /** Row by row, 1 is dark. */
  modules: Uint8Array;
  is_linear: boolean;
  /** Modules kept white on the left and right, and around a matrix. */
  quiet: number;
  /** What people read below it, check digit included. */
  text: string;
}
type Encoder = <T>(options: RenderOptions, drawing: DrawingContext<T>) => T;
interface Kind {
  encode: Encoder;
  is_linear: boolean;
  quiet: number;
  options?: BwippOptions & { eclevel?: string };
}
/** Quiet zones of the symbol standards: 10 modules (ISO/IEC 15417, 16390), 11 (15420), 4 (18004), 1 and one more (16022). */
const KINDS: Record<Symbology, Kind> = {
  CODE128: { encode: code128, is_linear: true, quiet: 10 },
  CODE39: { encode: code39, is_linear: true, quiet: 10 },
  EAN13: { encode: ean13, is_linear: true, quiet: 11 },
  UPC_A: { encode: upca, is_linear: true, quiet: 11 },
  ITF14: { encode: itf14, is_linear: true, quiet: 10, options: { showborder: false } },
  GS1_128: { encode: gs1_128, is_linear: true, quiet: 10 },
  HIBC_CODE128: { encode: hibccode128, is_linear: true, quiet: 10 },
  QR_CODE: { encode: qrcode, is_linear: false, quiet: 4, options: { eclevel: 'M' } },
  DATA_MATRIX: { encode: datamatrix, is_linear: false, quiet: 2 },
  GS1_DATA_MATRIX: { encode: gs1datamatrix, is_linear: false, quiet: 2 },
  HIBC_DATA_MATRIX: { encode: hibcdatamatrix, is_linear: false, quiet: 2 },
};

type Point = [number, number];
interface Drawn {
  width: number;
  height: number;
  bars: { x: number; width: number }[];
  polygons: Point[][];
  text: string;
}
/** Takes down what the encoder draws at one unit per module, instead of drawing it. */
function recorder(): DrawingContext<Drawn> {
  const drawn: Drawn = { width: 0, height: 0, bars: [], polygons: [], text: '' };
  return {
    scale: () => [1, 1],
    measure: () => ({ width: 0, ascent: 0, descent: 0 }),
    init: (width, height) => Object.assign(drawn, { width, height }),
    // A bar is told by its middle, rounded up.
    line: (x, _y0, _x1, _y1, width) => drawn.bars.push({ x: x - Math.ceil(width / 2), width }),
    polygon: points => drawn.polygons.push(points),
    hexagon: () => undefined,
    ellipse: () => undefined,
    fill: () => undefined,
    text: (_x, _y, part) => {
      drawn.text += part;
    },
    end: () => drawn,
  };
}

/** Throws the library's own words when the content does not fit the symbology or its check digit is wrong. */
export function symbolOf(symbology: Symbology, content: string): BarcodeSymbol {
  const { encode, is_linear, quiet, options } = KINDS[symbology];
  const wanted = {
    bcid: '',
    text: content,
    includetext: is_linear || symbology.startsWith('HIBC'),
    scale: 1,
  };
  const drawn = encode({ ...wanted, ...options }, recorder());
  const text = drawn.text === '' ? content : drawn.text;
  return { ...(is_linear ? barsOf(drawn) : squaresOf(drawn)), is_linear, quiet, text };
}

/** What went wrong, in the words of the encoder without its own names. */
export const encoderReason = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/^bwipp\.\w+(#\d+)?:\s*/, '');

function barsOf({ bars }: Drawn) {
  const first = Math.min(...bars.map(bar => bar.x));
  const columns = Math.max(...bars.map(bar => bar.x + bar.width)) - first;
  const modules = new Uint8Array(columns);
  for (const { x, width } of bars) modules.fill(1, x - first, x - first + width);
  return { columns, rows: 1, modules };
}
function squaresOf({ width, height, polygons }: Drawn) {
  const modules = new Uint8Array(width * height);
  // Outlines of dark areas with holes: a square is dark when a ray to the left crosses an odd number of edges.
  for (const points of polygons)
    points.forEach(([x, y0], at) => {
      const [next_x, y1] = points[(at + 1) % points.length] ?? [0, 0];
      if (x !== next_x) return;
      for (let row = Math.min(y0, y1); row < Math.max(y0, y1); row += 1)
        for (let column = x; column < width; column += 1) {
          const place = row * width + column;
          modules[place] = 1 - (modules[place] ?? 0);
        }
    });
  return { columns: width, rows: height, modules };
}
