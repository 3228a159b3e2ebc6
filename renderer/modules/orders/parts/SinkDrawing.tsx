import type { Configuration } from '../../../../preload/contract/product-model.ts';
import { basinLegend } from './basin-layout.ts';
import { SinkFront } from './SinkFront.tsx';
import { planRoom, SinkPlan } from './SinkPlan.tsx';
import { type SinkGeometry, sinkGeometry } from './sink-geometry.ts';

export interface SinkDrawingProps {
  configuration: Configuration;
  /** Room on paper. Without it the drawing fills what holds it. */
  paper?: { width_mm: number; height_mm: number };
  /** Height it gets on screen, so that its words stay readable. */
  height_px?: number;
  /** Plan and front beside each other for a screen, above each other for a narrow column. Paper takes the larger. */
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
  /** Rows below the plan that say what the basins without room for words are. */
  legend: readonly string[];
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
/** 10 pt. */
const PAPER_FONT_MM = 3.53;
const DECK_HEIGHT_IN = 36;
const BACK_GAP_IN = 8;

/** Height of a front view above and below the deck line. */
export function frontHeights({ pegboard }: SinkGeometry) {
  return { above: (pegboard ? pegboard.height_in + BACK_GAP_IN : 20) + 4, below: DECK_HEIGHT_IN + 4 };
}

type Arrangement = NonNullable<SinkDrawingProps['arrangement']>;
interface Sheet {
  arrangement: Arrangement;
  viewWidth: number;
  planHeight: number;
  width: number;
  height: number;
}
/** The drawing in inches when its texts have this size. */
function sheetOf(geometry: SinkGeometry, arrangement: Arrangement, font: number, legendRows: number): Sheet {
  const wide = Math.max(geometry.extent_in, geometry.pegboard?.width_in ?? 0);
  const overhang = (wide - geometry.length_in) / 2;
  const margin = Math.max(VIEW_MARGIN_IN, font * 1.8);
  const viewWidth =
    geometry.length_in + 2 * (Math.max(overhang, geometry.extent_in - geometry.length_in) + margin);
  const room = planRoom(font, legendRows);
  const planHeight = room.above + geometry.width_in + room.below;
  const heights = frontHeights(geometry);
  const frontHeight = heights.above + heights.below;
  return arrangement === 'beside'
    ? { arrangement, viewWidth, planHeight, width: 2 * viewWidth, height: Math.max(planHeight, frontHeight) }
    : { arrangement, viewWidth, planHeight, width: viewWidth, height: planHeight + frontHeight };
}
const mmPerInch = (sheet: Sheet, paper: { width_mm: number; height_mm: number }) =>
  Math.min(paper.width_mm / sheet.width, paper.height_mm / sheet.height);

/** Size of the texts and the sheet they need; a larger text needs a larger sheet, so it is settled in rounds. */
function settled(geometry: SinkGeometry, props: SinkDrawingProps, arrangement: Arrangement) {
  const { paper, height_px } = props;
  let font = 2;
  let legend: string[] = [];
  let sheet = sheetOf(geometry, arrangement, font, 0);
  for (let round = 0; round < 4; round += 1) {
    const width_px = Math.min(
      SCREEN_WIDTH_PX,
      ((height_px ?? Number.POSITIVE_INFINITY) * sheet.width) / sheet.height,
    );
    font = paper ? PAPER_FONT_MM / mmPerInch(sheet, paper) : (sheet.width * SCREEN_FONT_PX) / width_px;
    legend = basinLegend(geometry, font, sheet.viewWidth);
    sheet = sheetOf(geometry, arrangement, font, legend.length);
  }
  return { font, legend, sheet };
}

/**
 * A sink to scale: plan above or beside front, one unit of the drawing is one inch. Pure: no hooks, no theme;
 * lines and texts are `currentColor`, so it reads on paper, in grey and on both themes.
 */
export function SinkDrawing(props: SinkDrawingProps) {
  const geometry = sinkGeometry(props.configuration);
  if (!geometry) return null;
  const { paper, arrangement = 'above', unit = 'in' } = props;
  const above = settled(geometry, props, 'above');
  const beside = settled(geometry, props, 'beside');
  const isBeside = paper
    ? mmPerInch(beside.sheet, paper) >= mmPerInch(above.sheet, paper)
    : arrangement === 'beside';
  const { font, legend, sheet } = isBeside ? beside : above;
  const { viewWidth, planHeight, width, height } = sheet;
  const left = (viewWidth - geometry.length_in) / 2;
  const heights = frontHeights(geometry);
  const room = planRoom(font, legend.length);
  const view: ViewProps = {
    geometry,
    font_in: font,
    stroke_in: font / 9,
    legend,
    unit,
    pegboardText: props.pegboardText ?? geometry.pegboard?.color ?? '',
    legsText: props.legsText ?? geometry.legs.model ?? '',
    selectedBasin: props.selectedBasin ?? null,
    onBasin: props.onBasin,
    basinName: props.basinName,
  };
  const planTop = (isBeside ? height - planHeight : 0) + room.above;
  const frontTop = isBeside ? height - heights.below : planHeight + heights.above;
  const scale = paper ? mmPerInch(sheet, paper) : 0;
  const size = paper
    ? { width: `${width * scale}mm`, height: `${height * scale}mm` }
    : { width: '100%', ...(props.height_px ? { height: '100%' } : {}) };
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      {...size}
      role={props.onBasin ? 'group' : 'img'}
      aria-label={props.title}
      fontFamily="inherit"
      fontSize={font}
      style={{ display: 'block' }}
    >
      <g transform={`translate(${left} ${planTop})`}>
        <SinkPlan {...view} />
      </g>
      <g transform={`translate(${isBeside ? viewWidth + left : left} ${frontTop})`}>
        <SinkFront {...view} />
      </g>
    </svg>
  );
}
