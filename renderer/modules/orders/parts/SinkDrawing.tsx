import type { Configuration } from '../../../../preload/contract/product-model.ts';
import { SinkFront } from './SinkFront.tsx';
import { SinkPlan } from './SinkPlan.tsx';
import { type SinkGeometry, sinkGeometry } from './sink-geometry.ts';

export interface SinkDrawingProps {
  configuration: Configuration;
  /** Width on paper. Without it the drawing fills what holds it. */
  width_mm?: number;
  /** Height it gets on screen, so that its words stay readable. */
  height_px?: number;
  /** Plan and front beside each other for a screen, above each other for a narrow column. */
  arrangement?: 'beside' | 'above';
  /** What the drawing shows, in words, for those who cannot see it. */
  title?: string;
  /** Unit after the dimensions. */
  unit?: string;
  /** Words beside the pegboard and the legs; the codes stand in for them. */
  pegboardText?: string;
  legsText?: string;
  selectedBasin?: number | null;
  /** Index of the basin, from 0. */
  onBasin?: (index: number) => void;
  basinName?: (index: number) => string;
}

/** What both views need: the scale of texts and strokes in inches of the drawing. */
export interface ViewProps {
  geometry: SinkGeometry;
  font_in: number;
  stroke_in: number;
  unit: string;
  pegboardText: string;
  legsText: string;
  selectedBasin: number | null;
  onBasin: ((index: number) => void) | undefined;
  basinName: ((index: number) => string) | undefined;
}

export const VIEW_MARGIN_IN = 9;
const SCREEN_WIDTH_PX = 620;
const SCREEN_FONT_PX = 11;
/** 9 pt. */
const PAPER_FONT_MM = 3.2;
const DECK_HEIGHT_IN = 36;
const BACK_GAP_IN = 8;

/** Height of a front view above and below the deck line. */
export function frontHeights({ pegboard }: SinkGeometry) {
  return { above: (pegboard ? pegboard.height_in + BACK_GAP_IN : 20) + 4, below: DECK_HEIGHT_IN + 4 };
}

/**
 * A sink to scale: plan above or beside front, one unit of the drawing is one inch. Pure: no hooks, no theme;
 * lines and texts are `currentColor`, so it reads on paper, in grey and on both themes.
 */
export function SinkDrawing(props: SinkDrawingProps) {
  const geometry = sinkGeometry(props.configuration);
  if (!geometry) return null;
  const { width_mm, arrangement = 'above', unit = 'in' } = props;
  const wide = Math.max(geometry.extent_in, geometry.pegboard?.width_in ?? 0);
  const overhang = (wide - geometry.length_in) / 2;
  const viewWidth =
    geometry.length_in + 2 * (Math.max(overhang, geometry.extent_in - geometry.length_in) + VIEW_MARGIN_IN);
  const planHeight = geometry.width_in + 26;
  const heights = frontHeights(geometry);
  const frontHeight = heights.above + heights.below;
  const isBeside = arrangement === 'beside';
  const width = isBeside ? 2 * viewWidth : viewWidth;
  const height = isBeside ? Math.max(planHeight, frontHeight) : planHeight + frontHeight;
  const width_px = Math.min(
    SCREEN_WIDTH_PX,
    ((props.height_px ?? Number.POSITIVE_INFINITY) * width) / height,
  );
  const font_in = width_mm ? (width * PAPER_FONT_MM) / width_mm : (width * SCREEN_FONT_PX) / width_px;
  const left = (viewWidth - geometry.length_in) / 2;
  const view: ViewProps = {
    geometry,
    font_in,
    stroke_in: font_in / 9,
    unit,
    pegboardText: props.pegboardText ?? geometry.pegboard?.color ?? '',
    legsText: props.legsText ?? geometry.legs.model ?? '',
    selectedBasin: props.selectedBasin ?? null,
    onBasin: props.onBasin,
    basinName: props.basinName,
  };
  const frontTop = isBeside ? height - heights.below : planHeight + heights.above;
  const size = width_mm
    ? { width: `${width_mm}mm`, height: `${(width_mm * height) / width}mm` }
    : { width: '100%', ...(props.height_px ? { height: '100%' } : {}) };
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      {...size}
      role={props.onBasin ? 'group' : 'img'}
      aria-label={props.title}
      fontFamily="inherit"
      fontSize={font_in}
      style={{ display: 'block' }}
    >
      <g transform={`translate(${left} ${isBeside ? height - planHeight + 13 : 13})`}>
        <SinkPlan {...view} />
      </g>
      <g transform={`translate(${isBeside ? viewWidth + left : left} ${frontTop})`}>
        <SinkFront {...view} />
      </g>
    </svg>
  );
}
