import type { PlacedItem, PlacedLabel } from './layout.rules.ts';

export interface ZplOptions {
  copies: number;
  /** 0 to 30; left to the printer when null. */
  darkness: number | null;
}
const utf8 = new TextEncoder();
const PRINTABLE = /^[ -~]$/;

/** Field data that no character can break out of: commands and all but plain ASCII as hexadecimal UTF-8 (`^FH_`). */
export function zplText(text: string): string {
  return [...text]
    .map(character =>
      PRINTABLE.test(character) && !'^~_\\'.includes(character)
        ? character
        : [...utf8.encode(character)]
            .map(byte => `_${byte.toString(16).toUpperCase().padStart(2, '0')}`)
            .join(''),
    )
    .join('');
}

/** The label as commands of ZPL II. Barcodes go as dots: every printer prints the very bars of the preview. */
export function zplOf({ width, height, items }: PlacedLabel, { copies, darkness }: ZplOptions): string {
  const head = ['^XA', '^CI28', '^LH0,0', '^LS0', `^PW${width}`, `^LL${height}`];
  const dark = darkness === null ? [] : [`~SD${String(darkness).padStart(2, '0')}`];
  return [...dark, ...head, ...items.map(zplItem), `^PQ${copies},0,1,Y`, '^XZ', ''].join('\n');
}
function zplItem(item: PlacedItem): string {
  switch (item.kind) {
    case 'text':
      return `^FT${item.x},${item.baseline}^A0N,${item.size},${item.size}^FH_^FD${zplText(item.text)}^FS`;
    case 'bar':
      return `^FO${item.x},${item.y}^GB${item.width},${item.height},${Math.min(item.width, item.height)}^FS`;
    case 'frame':
      return `^FO${item.x},${item.y}^GB${item.width},${item.height},${item.thickness}^FS`;
    case 'grid':
      return `^FO${item.x},${item.y}${graphic(item)}^FS`;
  }
}

/** `^GFA`: rows of hexadecimal dots; a row like the one before is a single colon. */
function graphic(item: Extract<PlacedItem, { kind: 'grid' }>): string {
  const { columns, rows, cells, cell_width, cell_height } = item;
  const bytes = Math.ceil((columns * cell_width) / 8);
  const written: string[] = [];
  let before = '';
  for (let row = 0; row < rows; row += 1) {
    const packed = new Uint8Array(bytes);
    for (let column = 0; column < columns; column += 1) {
      if (cells[row * columns + column] !== 1) continue;
      for (let dot = column * cell_width; dot < (column + 1) * cell_width; dot += 1)
        packed[dot >> 3] = (packed[dot >> 3] ?? 0) | (0x80 >> (dot & 7));
    }
    const line = [...packed].map(byte => byte.toString(16).toUpperCase().padStart(2, '0')).join('');
    for (let copy = 0; copy < cell_height; copy += 1) {
      written.push(line === before ? ':' : shortened(line));
      before = line;
    }
  }
  const total = bytes * rows * cell_height;
  return `^GFA,${total},${total},${bytes},${written.join('')}`;
}
/** Repeated digits by the letters of ZPL: G to Y for 1 to 19, g to z for 20 to 400; a comma for zeros to the end. */
function shortened(line: string): string {
  const rest = line.replace(/0+$/, '');
  const short = rest.replace(/(.)\1{2,}/g, (run: string, digit: string) => `${countOf(run.length)}${digit}`);
  return rest.length === line.length ? short : `${short},`;
}
function countOf(count: number): string {
  const big = Math.min(Math.floor(count / 20), 20);
  const small = count - big * 20;
  if (small > 19) return 'z'.concat(countOf(count - 400));
  return `${big > 0 ? String.fromCharCode(102 + big) : ''}${small > 0 ? String.fromCharCode(70 + small) : ''}`;
}
