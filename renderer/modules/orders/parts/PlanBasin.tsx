import type { KeyboardEvent } from 'react';
import { basinLayout, basinWords } from './basin-layout.ts';
import type { ViewProps } from './SinkDrawing.tsx';
import type { BasinShape } from './sink-geometry.ts';
import { BASIN_FILL, INK, LightMark } from './sink-marks.tsx';

/** A basin from above: its words, and in a row below them P-trap, drain and light. */
export function PlanBasin({ basin, view }: { basin: BasinShape; view: ViewProps }) {
  const { geometry, font_in: font, stroke_in: stroke, onBasin } = view;
  const { y, height_in, lines, marks } = basinLayout(basin, geometry, font);
  const isSelected = view.selectedBasin === basin.index;
  const center = basin.x + basin.width_in / 2;
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    onBasin?.(basin.index);
  };
  const asButton = onBasin && {
    role: 'button',
    tabIndex: 0,
    'aria-label': [view.basinName?.(basin.index), basinWords(basin), basin.size_text || '?']
      .filter(Boolean)
      .join(' '),
    'aria-pressed': isSelected,
    onClick: () => onBasin(basin.index),
    onKeyDown: press,
    style: { cursor: 'pointer' },
  };
  return (
    <g data-basin={basin.index + 1} {...asButton}>
      <rect
        x={basin.x}
        y={y}
        width={basin.width_in}
        height={height_in}
        rx={1.5}
        fill={BASIN_FILL[basin.basin_type ?? ''] ?? '#ffffff'}
        stroke={isSelected ? '#1c6fd0' : INK}
        strokeWidth={isSelected ? stroke * 3 : stroke * 1.3}
        strokeDasharray={basin.isSized ? undefined : `${font * 0.8} ${font * 0.5}`}
      />
      {lines.map((line, i) => (
        <text
          key={line.y}
          x={center}
          y={line.y}
          textAnchor="middle"
          dominantBaseline="central"
          fontSize={line.size}
          fontWeight={i === 0 ? 600 : 400}
          fill={INK}
        >
          {line.text}
        </text>
      ))}
      <circle
        cx={center}
        cy={marks.y}
        r={marks.size * 0.42}
        fill="#ffffff"
        stroke={INK}
        strokeWidth={stroke}
      />
      {basin.has_p_trap && (
        <path
          d={`M${center - marks.size * 2} ${marks.y - marks.size * 0.5}v${marks.size * 0.6}a${marks.size * 0.35} ${marks.size * 0.35} 0 0 0 ${marks.size * 0.7} 0v${-marks.size * 0.3}`}
          fill="none"
          stroke={INK}
          strokeWidth={stroke * 2}
        />
      )}
      {basin.has_light && (
        <LightMark x={center + marks.size * 1.65} y={marks.y} r={marks.size * 0.4} stroke={stroke} />
      )}
    </g>
  );
}
