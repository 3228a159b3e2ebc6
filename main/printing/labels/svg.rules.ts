import { dotsPerMm } from '../../../preload/contract/labels.ts';
import type { PlacedItem, PlacedLabel } from './layout.rules.ts';

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, character => `&#${character.codePointAt(0)};`);

/** The label in its own dots, at its size in millimetres: shown on the screen and set on pages. */
export function svgOf({ dpi, width, height, items }: PlacedLabel): string {
  const dots = dotsPerMm(dpi);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"`,
    ` width="${width / dots}mm" height="${height / dots}mm" shape-rendering="crispEdges"`,
    ` font-family="'Roboto Condensed'" font-weight="700">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...items.map(svgItem),
    '</svg>',
  ].join('');
}
function svgItem(item: PlacedItem): string {
  switch (item.kind) {
    case 'text': {
      const { x, baseline, size, width, text } = item;
      return `<text x="${x}" y="${baseline}" font-size="${size}" textLength="${width}" lengthAdjust="spacingAndGlyphs" xml:space="preserve">${escaped(text)}</text>`;
    }
    case 'bar':
      return `<path d="${rectangle(item.x, item.y, item.width, item.height)}"/>`;
    case 'frame':
      return `<path fill-rule="evenodd" d="${frame(item)}"/>`;
    case 'grid':
      return `<path d="${runs(item)}"/>`;
  }
}
const rectangle = (x: number, y: number, width: number, height: number): string =>
  `M${x} ${y}h${width}v${height}h${-width}z`;
function frame({ x, y, width, height, thickness }: Extract<PlacedItem, { kind: 'frame' }>): string {
  const inner =
    width > 2 * thickness && height > 2 * thickness
      ? rectangle(x + thickness, y + thickness, width - 2 * thickness, height - 2 * thickness)
      : '';
  return `${rectangle(x, y, width, height)}${inner}`;
}
/** Neighbouring dark cells of a row as one rectangle. */
function runs(item: Extract<PlacedItem, { kind: 'grid' }>): string {
  const { x, y, columns, rows, cells, cell_width, cell_height } = item;
  const found: string[] = [];
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1) {
      if (cells[row * columns + column] !== 1) continue;
      let end = column;
      while (end + 1 < columns && cells[row * columns + end + 1] === 1) end += 1;
      const left = x + column * cell_width;
      found.push(rectangle(left, y + row * cell_height, (end - column + 1) * cell_width, cell_height));
      column = end;
    }
  return found.join('');
}
