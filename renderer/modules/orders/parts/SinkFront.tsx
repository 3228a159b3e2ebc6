import type { ViewProps } from './SinkDrawing.tsx';
import type { BasinShape, FaucetShape } from './sink-geometry.ts';
import { BASIN_FILL, Dimension, INK, LightMark, PEGBOARD_FILL, STEEL } from './sink-marks.tsx';

const DECK_IN = 36;
const DECK_THICKNESS_IN = 2.5;
const BACK_GAP_IN = 8;

/** From the front, the deck line at 0: pegboard above, basins at their depth, legs and feet below. */
export function SinkFront(view: ViewProps) {
  const { geometry, font_in: font, stroke_in: stroke, unit } = view;
  const { length_in: length, basins, pegboard, legs } = geometry;
  const legInset = Math.min(6, length * 0.08);
  const legPlaces = length > 84 ? [legInset, length / 2, length - legInset] : [legInset, length - legInset];
  return (
    <g>
      {pegboard && <Pegboard view={view} pegboard={pegboard} />}
      {legPlaces.map(x => (
        <Leg key={x} x={x} isAdjustable={legs.isAdjustable} hasCasters={legs.hasCasters} stroke={stroke} />
      ))}
      <path
        d={`M${legInset} ${DECK_IN - 8}H${length - legInset}`}
        stroke={INK}
        strokeWidth={1.2}
        opacity={0.55}
      />
      {basins.map(basin => (
        <FrontBasin key={basin.index} basin={basin} view={view} />
      ))}
      <rect
        width={length}
        height={DECK_THICKNESS_IN}
        fill={STEEL}
        stroke="currentColor"
        strokeWidth={stroke * 1.4}
      />
      {geometry.faucets.map(faucet => (
        <Faucet key={faucet.place} faucet={faucet} stroke={stroke} />
      ))}
      {geometry.sprayers.map(sprayer => {
        const isLeft = sprayer.side === 'left';
        const x = isLeft ? -1.5 - sprayer.place * 2.2 : length + 1.5 + sprayer.place * 2.2;
        return (
          <g
            key={`${sprayer.side} ${sprayer.place}`}
            fill="none"
            stroke="currentColor"
            strokeWidth={stroke * 1.6}
          >
            <path d={`M${x} 3v9a1.6 1.6 0 0 0 ${isLeft ? 3.2 : -3.2} 0v-3`} />
            <path
              d={`M${x} 3l${isLeft ? -1.5 : 1.5} -4h${isLeft ? 3 : -3}`}
              fill={sprayer.kind === 'air' ? '#ffffff' : '#7fb4e6'}
            />
          </g>
        );
      })}
      {view.legsText && (
        <text
          x={length > 84 ? length * 0.28 : length / 2}
          y={DECK_IN - 8 - font * 0.8}
          textAnchor="middle"
          fill="currentColor"
        >
          {view.legsText}
        </text>
      )}
      {!pegboard && geometry.isWidthGiven && (
        <Dimension
          from={0}
          to={length}
          y={-17}
          text={geometry.isLengthGiven ? `${length} ${unit}` : '?'}
          font={font}
          stroke={stroke}
        />
      )}
    </g>
  );
}

function Pegboard({
  view,
  pegboard,
}: {
  view: ViewProps;
  pegboard: NonNullable<ViewProps['geometry']['pegboard']>;
}) {
  const { stroke_in: stroke, font_in: font, unit } = view;
  const top = -BACK_GAP_IN - pegboard.height_in;
  const id = `holes-${pegboard.width_in}-${pegboard.height_in}-${pegboard.color ?? 'none'}`;
  const lines = [view.pegboardText, `${pegboard.width_in} × ${pegboard.height_in} ${unit}`].filter(Boolean);
  const widest = Math.max(...lines.map(line => line.length)) * font * 0.56 + font;
  const plate = Math.min(widest, pegboard.width_in - 2);
  return (
    <g>
      <defs>
        <pattern id={id} width={3} height={3} patternUnits="userSpaceOnUse">
          <circle
            cx={1.5}
            cy={1.5}
            r={0.5}
            fill={pegboard.color === 'BLACK' ? '#c9c9c9' : '#22303a'}
            opacity={0.65}
          />
        </pattern>
      </defs>
      <path
        d={`M${pegboard.x + 3} ${-BACK_GAP_IN}V0M${pegboard.x + pegboard.width_in - 3} ${-BACK_GAP_IN}V0`}
        stroke="currentColor"
        strokeWidth={0.9}
        opacity={0.7}
      />
      <rect
        x={pegboard.x}
        y={top}
        width={pegboard.width_in}
        height={pegboard.height_in}
        fill={PEGBOARD_FILL[pegboard.color ?? ''] ?? '#ffffff'}
        stroke="currentColor"
        strokeWidth={stroke * 1.3}
      />
      {pegboard.isPerforated && (
        <rect
          x={pegboard.x + 1}
          y={top + 1}
          width={pegboard.width_in - 2}
          height={pegboard.height_in - 2}
          fill={`url(#${id})`}
        />
      )}
      <rect
        x={pegboard.x + (pegboard.width_in - plate) / 2}
        y={top + pegboard.height_in / 2 - font * 1.5}
        width={plate}
        height={font * 3}
        rx={0.8}
        fill="#ffffff"
        stroke={INK}
        strokeWidth={stroke * 0.7}
      />
      {lines.map((line, index) => (
        <text
          key={line}
          x={pegboard.x + pegboard.width_in / 2}
          y={top + pegboard.height_in / 2 + font * (lines.length === 1 ? 0 : index * 1.3 - 0.65)}
          textAnchor="middle"
          dominantBaseline="central"
          fontSize={Math.min(font, (plate * 0.95) / (line.length * 0.56))}
          fill={INK}
        >
          {line}
        </text>
      ))}
    </g>
  );
}

function FrontBasin({ basin, view }: { basin: BasinShape; view: ViewProps }) {
  const { stroke_in: stroke, font_in: font } = view;
  const isSelected = view.selectedBasin === basin.index;
  const center = basin.x + basin.width_in / 2;
  const bottom = DECK_THICKNESS_IN + basin.depth_in;
  return (
    <g stroke={INK} strokeWidth={stroke * 1.2}>
      <path
        d={`M${basin.x} ${DECK_THICKNESS_IN}V${bottom - 1.5}l2 1.5H${basin.x + basin.width_in - 2}l2 -1.5V${DECK_THICKNESS_IN}z`}
        fill={BASIN_FILL[basin.basin_type ?? ''] ?? '#ffffff'}
        stroke={isSelected ? '#1c6fd0' : INK}
        strokeWidth={isSelected ? stroke * 3 : stroke * 1.2}
        strokeDasharray={basin.isSized ? undefined : `${font * 0.6} ${font * 0.4}`}
      />
      <text
        x={center}
        y={DECK_THICKNESS_IN + basin.depth_in / 2}
        textAnchor="middle"
        dominantBaseline="central"
        fontWeight={600}
        fill={INK}
        stroke="none"
      >
        {basin.index + 1}
      </text>
      {basin.has_p_trap ? (
        <path
          d={`M${center} ${bottom}v5a2.2 2.2 0 0 0 4.4 0v-1.5h4`}
          fill="none"
          strokeWidth={1.1}
          stroke="currentColor"
        />
      ) : (
        <path d={`M${center} ${bottom}v3`} fill="none" strokeWidth={1.1} stroke="currentColor" />
      )}
      {basin.has_light && <LightMark x={basin.x + 3} y={DECK_THICKNESS_IN + 3} r={1.1} stroke={stroke} />}
    </g>
  );
}

function Leg({
  x,
  isAdjustable,
  hasCasters,
  stroke,
}: {
  x: number;
  isAdjustable: boolean;
  hasCasters: boolean;
  stroke: number;
}) {
  const foot = DECK_IN - 4;
  return (
    <g stroke="currentColor" strokeWidth={stroke} fill={STEEL}>
      <rect
        x={x - 1.6}
        y={DECK_THICKNESS_IN}
        width={3.2}
        height={isAdjustable ? 15 : foot - DECK_THICKNESS_IN}
      />
      {isAdjustable && (
        <rect x={x - 1.1} y={DECK_THICKNESS_IN + 15} width={2.2} height={foot - DECK_THICKNESS_IN - 15} />
      )}
      {isAdjustable && (
        <path
          d={`M${x} ${18}v9m-1.2 -1.6l1.2 1.6l1.2 -1.6m-2.4 -5.8l1.2 -1.6l1.2 1.6`}
          fill="none"
          strokeWidth={stroke * 1.4}
          stroke={INK}
        />
      )}
      {hasCasters ? (
        <circle cx={x} cy={DECK_IN - 2} r={2} fill="#5b6670" />
      ) : (
        <path d={`M${x - 0.5} ${foot}v2.6h-2v1.4h5v-1.4h-2v-2.6z`} />
      )}
    </g>
  );
}

function Faucet({ faucet, stroke }: { faucet: FaucetShape; stroke: number }) {
  const shape =
    faucet.faucet_type === 'PRE_RINSE_OVERHEAD_SPRAY'
      ? 'M0 0V-15a3 3 0 0 1 6 0v6m-1 0h2l0.6 2.6h-3.2z'
      : faucet.faucet_type === 'GOOSENECK_TREATED_WATER'
        ? 'M0 0V-9a2.6 2.6 0 0 1 5.2 0v2'
        : 'M0 0V-5h6v2M-3 -3.4h6';
  return (
    <path
      d={shape}
      transform={`translate(${faucet.x} 0)`}
      fill="none"
      stroke="currentColor"
      strokeWidth={Math.max(0.8, stroke * 2)}
      strokeDasharray={faucet.isAuto ? '1.4 0.8' : undefined}
      strokeLinejoin="round"
    />
  );
}
