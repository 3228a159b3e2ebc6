import {
  type Density,
  dotsPerMm,
  type LabelElement,
  type LabelLayout,
  type LabelProblem,
} from '../../../preload/contract/labels.ts';
import { ASCENT, missingCharacters, printable, textWidth, widestText, wrapped } from './lettering.rules.ts';
import { sizeWords } from './size-words.rules.ts';
import { type BarcodeSymbol, encoderReason, symbolOf } from './symbols.ts';

export type Language = 'en' | 'fr' | 'es';
/** What stands where on the label, in dots of the print head: the one source of preview, page and print. */
export type PlacedItem =
  | { kind: 'text'; x: number; baseline: number; size: number; width: number; text: string }
  | { kind: 'bar'; x: number; y: number; width: number; height: number }
  /** A frame drawn inwards. */
  | { kind: 'frame'; x: number; y: number; width: number; height: number; thickness: number }
  | {
      kind: 'grid';
      x: number;
      y: number;
      columns: number;
      rows: number;
      cells: Uint8Array;
      cell_width: number;
      cell_height: number;
    };
export interface PlacedLabel {
  dpi: Density;
  width: number;
  height: number;
  items: PlacedItem[];
  problems: LabelProblem[];
}
type Values = Readonly<Record<string, string>>;
interface Paper {
  dots: number;
  values: Values;
  look: Look;
  width: number;
  height: number;
}
interface Outcome {
  items: PlacedItem[];
  problems: LabelProblem[];
}

/** In which words, and for which print head. */
interface Look {
  /** Of the label. */
  language: Language;
  /** Of the person who is told what does not fit. */
  reader: Language;
  dpi: Density;
}

/** Dots of a place on a grid, the far edge rounded as the near edge of the next element would be. */
function spanOf(element: LabelElement, dots: number) {
  const x = Math.round(element.x_mm * dots);
  const y = Math.round(element.y_mm * dots);
  return {
    x,
    y,
    width: Math.round((element.x_mm + element.width_mm) * dots) - x,
    height: Math.round((element.y_mm + element.height_mm) * dots) - y,
  };
}

/** Lays a label out and tells everything that would not print as meant; nothing is ever clipped in silence. */
export function layOut(layout: LabelLayout, values: Values, look: Look): PlacedLabel {
  const dots = dotsPerMm(look.dpi);
  const paper: Paper = {
    dots,
    values,
    look,
    width: Math.round(layout.width_mm * dots),
    height: Math.round(layout.height_mm * dots),
  };
  const outcomes = layout.elements.map(element => {
    const { items, problems } = place(element, paper);
    const { x, y, width, height } = spanOf(element, dots);
    const isOutside = x + width > paper.width || y + height > paper.height;
    return {
      items,
      problems: isOutside ? [...problems, problem(element, 'outside_label', '')] : problems,
    };
  });
  return {
    dpi: look.dpi,
    width: paper.width,
    height: paper.height,
    items: outcomes.flatMap(outcome => outcome.items),
    problems: outcomes.flatMap(outcome => outcome.problems),
  };
}
const problem = (element: LabelElement, code: LabelProblem['code'], detail: string): LabelProblem => ({
  key: element.key,
  code,
  detail,
});

function place(element: LabelElement, paper: Paper): Outcome {
  switch (element.kind) {
    case 'text':
      return lettered(element, element.text[paper.look.language], paper);
    case 'field':
      return fieldOf(element, paper);
    case 'line':
      return { items: [{ kind: 'bar', ...atLeastOneDot(spanOf(element, paper.dots)) }], problems: [] };
    case 'box': {
      const thickness = Math.max(1, Math.round(element.thickness_mm * paper.dots));
      return {
        items: [{ kind: 'frame', ...atLeastOneDot(spanOf(element, paper.dots)), thickness }],
        problems: [],
      };
    }
    case 'image':
      return imageOf(element, paper);
    case 'barcode':
      return barcodeOf(element, paper);
  }
}
const atLeastOneDot = <S extends { width: number; height: number }>(span: S): S => ({
  ...span,
  width: Math.max(1, span.width),
  height: Math.max(1, span.height),
});

function fieldOf(element: Extract<LabelElement, { kind: 'field' }>, paper: Paper): Outcome {
  const value = paper.values[element.field];
  if (value === undefined) return { items: [], problems: [problem(element, 'field_unknown', element.field)] };
  if (value === '') return { items: [], problems: [] };
  const caption = element.caption?.[paper.look.language] ?? '';
  return lettered(element, caption === '' ? value : `${caption} ${value}`, paper);
}

function lettered(
  element: Extract<LabelElement, { kind: 'text' | 'field' }>,
  written: string,
  { dots }: Paper,
): Outcome {
  const text = printable(written);
  const span = spanOf(element, dots);
  const { size, lines, fits } = fitted(element, text, span, dots);
  const missing = missingCharacters(text);
  const problems = missing.length > 0 ? [problem(element, 'character_missing', missing.join(' '))] : [];
  if (!fits) problems.push(problem(element, 'text_too_long', text));
  const items = lines.map((line, at): PlacedItem => {
    const width = Math.round(textWidth(line, size));
    const room = span.width - width;
    const indent = { left: 0, center: Math.round(room / 2), right: room }[element.align];
    const baseline = span.y + at * size + Math.round(size * ASCENT);
    return { kind: 'text', x: Math.max(0, span.x + indent), baseline, size, width, text: line };
  });
  return { items, problems };
}

/** The largest height between wanted and smallest in which the text fits. */
function fitted(
  { font_mm, min_font_mm, max_lines }: Extract<LabelElement, { kind: 'text' | 'field' }>,
  text: string,
  { width, height }: { width: number; height: number },
  dots: number,
) {
  const smallest = Math.round(Math.min(min_font_mm ?? font_mm, font_mm) * dots);
  for (let size = Math.round(font_mm * dots); ; size -= 1) {
    const lines = wrapped(text, size, width);
    const fits =
      lines.length <= max_lines &&
      lines.length * size <= height &&
      lines.every(line => widestText(line, size) <= width);
    if (fits || size <= smallest) return { size, lines, fits };
  }
}

function imageOf(element: Extract<LabelElement, { kind: 'image' }>, { dots }: Paper): Outcome {
  const span = spanOf(element, dots);
  const { columns, rows } = element;
  const bytes = Uint8Array.from(atob(element.bits), character => character.charCodeAt(0));
  const across = Math.ceil(columns / 8);
  const cells = new Uint8Array(span.width * span.height);
  for (let y = 0; y < span.height; y += 1)
    for (let x = 0; x < span.width; x += 1) {
      const column = Math.floor((x * columns) / span.width);
      const row = Math.floor((y * rows) / span.height);
      const byte = bytes[row * across + (column >> 3)] ?? 0;
      cells[y * span.width + x] = (byte >> (7 - (column & 7))) & 1;
    }
  const size = { columns: span.width, rows: span.height, cell_width: 1, cell_height: 1 };
  return { items: [{ kind: 'grid', x: span.x, y: span.y, cells, ...size }], problems: [] };
}

/** Fewest dots of a narrow bar and of a square that common readers take from thermal print. */
const FEWEST_BAR_DOTS = 2;
const FEWEST_SQUARE_DOTS = 3;
/** Height of the line people read below the bars. */
const TEXT_MM = 2.6;
const TEXT_GAP_MM = 0.5;

function barcodeOf(element: Extract<LabelElement, { kind: 'barcode' }>, paper: Paper): Outcome {
  const names = [...element.content.matchAll(/\{(\w+)\}/g)].map(match => match[1] ?? '');
  const unknown = names.filter(name => paper.values[name] === undefined);
  if (unknown.length > 0)
    return { items: [], problems: [problem(element, 'field_unknown', unknown.join(', '))] };
  const empty = names.filter(name => paper.values[name] === '');
  if (empty.length > 0) return { items: [], problems: [problem(element, 'field_empty', empty.join(', '))] };
  try {
    const symbol = symbolOf(element.symbology, contentOf(element.content, paper.values));
    return symbolIn(element, symbol, paper);
  } catch (error) {
    return { items: [], problems: [problem(element, 'barcode_invalid', encoderReason(error))] };
  }
}
/** What a barcode encodes; shared with what is kept of a printed label. */
export const contentOf = (content: string, values: Values): string =>
  content.replace(/\{(\w+)\}/g, (_whole, name: string) => values[name] ?? '');

function symbolIn(
  element: Extract<LabelElement, { kind: 'barcode' }>,
  symbol: BarcodeSymbol,
  { dots, look }: Paper,
): Outcome {
  const span = spanOf(element, dots);
  const cell = Math.max(1, Math.round(element.module_mm * dots));
  const isTooFine = cell < (symbol.is_linear ? FEWEST_BAR_DOTS : FEWEST_SQUARE_DOTS);
  const problems = isTooFine ? [problem(element, 'bars_too_narrow', `${cell}`)] : [];
  const text_size = element.has_text ? Math.round(TEXT_MM * dots) : 0;
  const width = (symbol.columns + 2 * symbol.quiet) * cell;
  const upright = symbol.is_linear ? 0 : 2 * symbol.quiet * cell;
  const gap = element.has_text ? Math.round(TEXT_GAP_MM * dots) : 0;
  const height = symbol.is_linear ? span.height - text_size - gap : symbol.rows * cell;
  const needed = (symbol.is_linear ? Math.max(height, dots) + gap : height + upright) + text_size;
  if (width > span.width || needed > span.height) {
    const size = sizeWords(
      Math.ceil((10 * width) / dots) / 10,
      Math.ceil((10 * needed) / dots) / 10,
      look.reader,
    );
    problems.push(problem(element, 'barcode_too_large', size));
  }
  const x = span.x + Math.max(0, Math.floor((span.width - symbol.columns * cell) / 2));
  const y = span.y + upright / 2;
  const { columns, rows, modules: cells } = symbol;
  const cell_height = symbol.is_linear ? Math.max(1, height) : cell;
  const items: PlacedItem[] = [{ kind: 'grid', x, y, columns, rows, cells, cell_width: cell, cell_height }];
  if (element.has_text) {
    const wide = widestText(symbol.text, text_size);
    if (wide > span.width) problems.push(problem(element, 'text_too_long', symbol.text));
    const own = Math.round(textWidth(symbol.text, text_size));
    const baseline = span.y + span.height - text_size + Math.round(text_size * ASCENT);
    const indent = Math.max(0, Math.round((span.width - own) / 2));
    items.push({
      kind: 'text',
      x: span.x + indent,
      baseline,
      size: text_size,
      width: own,
      text: symbol.text,
    });
  }
  return { items, problems };
}
