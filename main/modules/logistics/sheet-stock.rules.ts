import type { TextLanguage } from '../../../preload/contract/document-data.ts';
import type { LabelLayout } from '../../../preload/contract/labels.ts';
import type { SheetStock } from '../../../preload/contract/logistics.ts';
import { sizeWords } from '../../printing/labels/size-words.rules.ts';
import { refuse } from '../../rpc/refusal.ts';

const PAPER_MM = { LETTER: { width: 215.9, height: 279.4 }, A4: { width: 210, height: 297 } };
const ROUNDING_MM = 0.5;

/** A label fits its place, and all places fit the paper. Refuses `sheet_too_small`. */
export function refuseSmallSheet(
  stock: SheetStock,
  { width_mm, height_mm }: LabelLayout,
  language: TextLanguage,
): void {
  const { paper, columns, rows, left_mm, top_mm, pitch_x_mm, pitch_y_mm } = stock;
  const { width, height } = PAPER_MM[paper];
  const right = left_mm + (columns - 1) * pitch_x_mm + width_mm;
  const bottom = top_mm + (rows - 1) * pitch_y_mm + height_mm;
  const fits =
    (columns === 1 || width_mm <= pitch_x_mm + ROUNDING_MM) &&
    (rows === 1 || height_mm <= pitch_y_mm + ROUNDING_MM) &&
    right <= width + ROUNDING_MM &&
    bottom <= height + ROUNDING_MM;
  if (!fits) refuse('sheet_too_small', { label: sizeWords(width_mm, height_mm, language), paper });
}
