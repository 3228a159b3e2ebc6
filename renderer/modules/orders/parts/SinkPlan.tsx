import { PlanBasin } from './PlanBasin.tsx';
import type { ViewProps } from './SinkDrawing.tsx';
import { Dimension, DirectionArrow, faucetLetter, INK, PEGBOARD_FILL, STEEL } from './sink-marks.tsx';

const PEGBOARD_STRIP_IN = 3;
/** Room the plan needs above and below the deck, in inches, for its dimension, arrow and list of basins. */
export const planRoom = (font: number, legendRows: number) => ({
  above: PEGBOARD_STRIP_IN + font * 2.2,
  below: font * (2.2 + legendRows * LEGEND_LINE),
});
const LEGEND_LINE = 1.35;

/** From above: the deck with its basins at their size, faucets at the back edge, the direction of work in front. */
export function SinkPlan(view: ViewProps) {
  const { geometry, font_in: font, stroke_in: stroke, unit } = view;
  const { length_in: length, width_in: depth, basins, faucets, sprayers, pegboard } = geometry;
  const isTooLong = geometry.extent_in > length + 0.01;
  return (
    <g>
      <Dimension
        from={0}
        to={length}
        y={-PEGBOARD_STRIP_IN - font * 1.3}
        text={geometry.isLengthGiven ? `${length} ${unit}` : '?'}
        font={font}
        stroke={stroke}
      />
      {pegboard && (
        <rect
          x={pegboard.x}
          y={-PEGBOARD_STRIP_IN}
          width={pegboard.width_in}
          height={PEGBOARD_STRIP_IN - stroke}
          fill={PEGBOARD_FILL[pegboard.color ?? ''] ?? '#ffffff'}
          stroke="currentColor"
          strokeWidth={stroke}
        />
      )}
      <rect
        width={length}
        height={depth}
        rx={1}
        fill={STEEL}
        stroke="currentColor"
        strokeWidth={stroke * 1.6}
        strokeDasharray={geometry.isLengthGiven ? undefined : `${font} ${font * 0.6}`}
      />
      {isTooLong && (
        <rect
          x={length}
          y={depth * 0.1}
          width={geometry.extent_in - length}
          height={depth * 0.8}
          fill="#c0362c"
          opacity={0.35}
        />
      )}
      {basins.map(basin => (
        <PlanBasin key={basin.index} basin={basin} view={view} />
      ))}
      {faucets.map(faucet => (
        <g
          key={faucet.place}
          data-faucet={faucet.place + 1}
          transform={`translate(${faucet.x} ${font * 0.7})`}
        >
          <circle
            r={font * 0.62}
            fill="#ffffff"
            stroke={INK}
            strokeWidth={stroke}
            strokeDasharray={faucet.isAuto ? `${font * 0.3} ${font * 0.2}` : undefined}
          />
          <path d={`M0 ${font * 0.62}V${font * 1.25}`} stroke={INK} strokeWidth={stroke * 2} />
          <text
            textAnchor="middle"
            dominantBaseline="central"
            fontSize={font * 0.8}
            fontWeight={600}
            fill={INK}
          >
            {faucetLetter(faucet.faucet_type)}
          </text>
        </g>
      ))}
      {sprayers.map(sprayer => {
        const x = sprayer.side === 'left' ? -font * 0.9 : length + font * 0.9;
        return (
          <g
            key={`${sprayer.side} ${sprayer.place}`}
            transform={`translate(${x} ${depth * 0.3 + sprayer.place * font * 2})`}
          >
            <path
              d={`M0 ${-font * 0.75}l${font * 0.7} ${font * 0.75}l${-font * 0.7} ${font * 0.75}l${-font * 0.7} ${-font * 0.75}z`}
              fill="#ffffff"
              stroke={INK}
              strokeWidth={stroke}
            />
            <text
              textAnchor="middle"
              dominantBaseline="central"
              fontSize={font * 0.65}
              fontWeight={600}
              fill={INK}
            >
              {sprayer.kind === 'air' ? 'A' : 'D'}
            </text>
          </g>
        );
      })}
      <DirectionArrow
        length={length}
        y={depth + font * 1.2}
        isReversed={geometry.direction === 'right_to_left'}
        stroke={stroke}
        font={font}
      />
      {view.legend.map((row, i) => (
        <text
          key={row}
          data-legend={i + 1}
          x={length / 2}
          y={depth + font * (2.2 + (i + 0.5) * LEGEND_LINE)}
          textAnchor="middle"
          dominantBaseline="central"
          fill="currentColor"
          style={{ whiteSpace: 'pre' }}
        >
          {row}
        </text>
      ))}
    </g>
  );
}
