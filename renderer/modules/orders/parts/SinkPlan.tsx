import type { KeyboardEvent } from 'react';
import type { ViewProps } from './SinkDrawing.tsx';
import type { BasinShape } from './sink-geometry.ts';
import {
  BASIN_FILL,
  basinTitle,
  Dimension,
  DirectionArrow,
  faucetLetter,
  INK,
  LightMark,
  PEGBOARD_FILL,
  STEEL,
} from './sink-marks.tsx';

const PEGBOARD_STRIP_IN = 3;

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
        <g key={faucet.place} transform={`translate(${faucet.x} ${font * 0.7})`}>
          <circle
            r={font * 0.62}
            fill="#ffffff"
            stroke={INK}
            strokeWidth={stroke}
            strokeDasharray={faucet.isAuto ? `${font * 0.3} ${font * 0.2}` : undefined}
          />
          <path d={`M0 ${font * 0.62}V${font * 1.5}`} stroke={INK} strokeWidth={stroke * 2} />
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
    </g>
  );
}

function PlanBasin({ basin, view }: { basin: BasinShape; view: ViewProps }) {
  const { geometry, font_in: font, stroke_in: stroke, onBasin } = view;
  const room = Math.max(2, geometry.width_in - font * 2.2);
  const height = Math.min(basin.length_in, room);
  const y = Math.max(font * 2, (geometry.width_in - height) / 2 + font * 0.6);
  const isSelected = view.selectedBasin === basin.index;
  // In a shallow basin the words need the room of the drain.
  const isTight = height < font * 5;
  const center = basin.x + basin.width_in / 2;
  const sizeOf = (text: string) =>
    Math.min(font * 1.05, (basin.width_in * 0.94) / Math.max(1, text.length * 0.58));
  const title = `${basin.index + 1} · ${basinTitle(basin.basin_type)}`;
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    onBasin?.(basin.index);
  };
  const asButton = onBasin && {
    role: 'button',
    tabIndex: 0,
    'aria-label': [view.basinName?.(basin.index), title, basin.size_text || '?'].filter(Boolean).join(' '),
    'aria-pressed': isSelected,
    onClick: () => onBasin(basin.index),
    onKeyDown: press,
    style: { cursor: 'pointer' },
  };
  return (
    <g {...asButton}>
      <rect
        x={basin.x}
        y={y}
        width={basin.width_in}
        height={height}
        rx={1.5}
        fill={BASIN_FILL[basin.basin_type ?? ''] ?? '#ffffff'}
        stroke={isSelected ? '#1c6fd0' : INK}
        strokeWidth={isSelected ? stroke * 3 : stroke * 1.3}
        strokeDasharray={basin.isSized ? undefined : `${font * 0.8} ${font * 0.5}`}
      />
      <text
        x={center}
        y={y + height * (isTight ? 0.22 : 0.34)}
        textAnchor="middle"
        dominantBaseline="central"
        fontSize={sizeOf(title)}
        fontWeight={600}
        fill={INK}
      >
        {`${title} `}
      </text>
      <text
        x={center}
        y={y + height * (isTight ? 0.22 : 0.34) + font * 1.3}
        textAnchor="middle"
        dominantBaseline="central"
        fontSize={sizeOf(basin.size_text || '?')}
        fill={INK}
      >
        {basin.size_text || '?'}
      </text>
      {!isTight && (
        <circle
          cx={center}
          cy={y + height - font * 1.2}
          r={font * 0.42}
          fill="#ffffff"
          stroke={INK}
          strokeWidth={stroke}
        />
      )}
      {basin.has_p_trap && (
        <path
          d={`M${center - font * 1.6} ${y + height - font * 1.6}v${font * 0.6}a${font * 0.35} ${font * 0.35} 0 0 0 ${font * 0.7} 0v${-font * 0.3}`}
          fill="none"
          stroke={INK}
          strokeWidth={stroke * 2}
        />
      )}
      {basin.has_light && (
        <LightMark
          x={basin.x + basin.width_in - font * 1.2}
          y={y + height - font * 1.2}
          r={font * 0.4}
          stroke={stroke}
        />
      )}
    </g>
  );
}
