import {
  LABEL_FIELDS,
  type LabelElement,
  type LabelLayout,
  type LabelType,
} from '../../../../preload/contract/labels.ts';

export const KINDS = ['text', 'field', 'line', 'box', 'image', 'barcode'] as const;
export type Kind = (typeof KINDS)[number];
/** Elements keep to a grid that both print heads can hit. */
export const GRID_MM = 0.25;
const onGrid = (value: number): number => Math.round(value / GRID_MM) * GRID_MM;

/** `text_2` when there is a `text` already. */
function freeKey(layout: LabelLayout, kind: string): string {
  const taken = new Set(layout.elements.map(element => element.key));
  let key = kind;
  for (let n = 2; taken.has(key); n += 1) key = `${kind}_${n}`;
  return key;
}
export function newElement(kind: Exclude<Kind, 'image'>, layout: LabelLayout, type: LabelType): LabelElement {
  const place = { key: freeKey(layout, kind), x_mm: 2, y_mm: 2, width_mm: 30, height_mm: 4 };
  const lettering = { font_mm: 3, align: 'left' as const, max_lines: 1 };
  switch (kind) {
    case 'text':
      return { kind, ...place, ...lettering, text: { en: 'Text', fr: 'Texte', es: 'Texto' } };
    case 'field':
      return { kind, ...place, ...lettering, field: LABEL_FIELDS[type][0] ?? 'code' };
    case 'line':
      return { kind, ...place, height_mm: 0.25 };
    case 'box':
      return { kind, ...place, height_mm: 10, thickness_mm: 0.25 };
    case 'barcode':
      return {
        kind,
        ...place,
        width_mm: 12,
        height_mm: 12,
        symbology: 'DATA_MATRIX',
        content: '{code}',
        module_mm: 0.5,
        has_text: false,
      };
  }
}
export function newImage(
  layout: LabelLayout,
  image: { columns: number; rows: number; bits: string },
): LabelElement {
  const width_mm = Math.min(20, layout.width_mm - 4);
  const height_mm = onGrid(Math.min((width_mm * image.rows) / image.columns, layout.height_mm - 4));
  return { kind: 'image', key: freeKey(layout, 'image'), x_mm: 2, y_mm: 2, width_mm, height_mm, ...image };
}

const SMALLEST_MM = 0.25;
const within = (value: number, most: number): number =>
  onGrid(Math.min(Math.max(0, value), Math.max(0, most)));
/** Moves without leaving the label. */
export const moved = (element: LabelElement, layout: LabelLayout, dx: number, dy: number): LabelElement => ({
  ...element,
  x_mm: within(element.x_mm + dx, layout.width_mm - element.width_mm),
  y_mm: within(element.y_mm + dy, layout.height_mm - element.height_mm),
});
export const sized = (element: LabelElement, layout: LabelLayout, dx: number, dy: number): LabelElement => ({
  ...element,
  width_mm: Math.max(SMALLEST_MM, within(element.width_mm + dx, layout.width_mm - element.x_mm)),
  height_mm: Math.max(SMALLEST_MM, within(element.height_mm + dy, layout.height_mm - element.y_mm)),
});
export const replaced = (layout: LabelLayout, key: string, element: LabelElement): LabelLayout => ({
  ...layout,
  elements: layout.elements.map(held => (held.key === key ? element : held)),
});

const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
/** What an arrow key does to an element; null for other keys. */
export function keyed(
  element: LabelElement,
  layout: LabelLayout,
  key: string,
  { isSizing, isFar }: { isSizing: boolean; isFar: boolean },
): LabelElement | null {
  const arrow = ARROWS[key];
  if (!arrow) return null;
  const step = isFar ? 4 * GRID_MM : GRID_MM;
  return (isSizing ? sized : moved)(element, layout, arrow[0] * step, arrow[1] * step);
}
