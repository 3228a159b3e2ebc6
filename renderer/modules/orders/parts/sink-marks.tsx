/** Small marks both views of the sink share. Positions and sizes in inches of the drawing. */

export const PEGBOARD_FILL: Record<string, string> = {
  GREEN: '#4a9d5b',
  BLACK: '#3a3a3a',
  YELLOW: '#e8c53a',
  GREY: '#9a9da1',
  RED: '#c94a45',
  BLUE: '#3f74c2',
  ORANGE: '#e2873a',
  WHITE: '#f2f2f0',
};
export const STEEL = '#cfd6db';
export const BASIN_FILL: Record<string, string> = {
  E_SINK: '#dcebf7',
  E_SINK_DI: '#c7e5e2',
  E_DRAIN: '#ece6da',
};
const BASIN_NAME: Record<string, string> = { E_SINK: 'E-Sink', E_SINK_DI: 'E-Sink DI', E_DRAIN: 'E-Drain' };
export const INK = '#16212b';

export const basinTitle = (basin_type: string | null) =>
  basin_type === null ? '?' : (BASIN_NAME[basin_type] ?? basin_type);

/** Double-headed dimension line with its figure. */
export function Dimension(props: {
  from: number;
  to: number;
  y: number;
  text: string;
  font: number;
  stroke: number;
}) {
  const { from, to, y, text, font, stroke } = props;
  const tick = font * 0.45;
  const gap = (text.length * font * 0.58) / 2 + font * 0.3;
  const middle = (from + to) / 2;
  return (
    <g stroke="currentColor" strokeWidth={stroke} fill="none">
      <path d={`M${from} ${y}H${Math.max(from, middle - gap)}M${Math.min(to, middle + gap)} ${y}H${to}`} />
      <path d={`M${from} ${y - tick}V${y + tick}M${to} ${y - tick}V${y + tick}`} />
      <text
        x={middle}
        y={y}
        dominantBaseline="central"
        textAnchor="middle"
        fill="currentColor"
        stroke="none"
        style={{ fontVariantNumeric: 'tabular-nums' }}
      >
        {text}
      </text>
    </g>
  );
}

export function DirectionArrow(props: {
  length: number;
  y: number;
  isReversed: boolean;
  stroke: number;
  font: number;
}) {
  const { length, y, isReversed, stroke, font } = props;
  const from = length * 0.3;
  const to = length * 0.7;
  const head = font * 0.9;
  const [tail, tip, back] = isReversed ? [to, from, head] : [from, to, -head];
  return (
    <g stroke="currentColor" strokeWidth={stroke * 1.8} fill="currentColor">
      <path d={`M${tail} ${y}H${tip}`} fill="none" />
      <path d={`M${tip} ${y}l${back} ${-head * 0.55}v${head * 1.1}z`} strokeWidth={0} />
    </g>
  );
}

/** A lamp: a circle with rays. */
export function LightMark({ x, y, r, stroke }: { x: number; y: number; r: number; stroke: number }) {
  const rays = [0, 45, 90, 135, 180, 225, 270, 315];
  return (
    <g stroke={INK} strokeWidth={stroke} fill="#ffe28a">
      {rays.map(angle => {
        const cos = Math.cos((angle * Math.PI) / 180);
        const sin = Math.sin((angle * Math.PI) / 180);
        return (
          <line key={angle} x1={x + cos * r} y1={y + sin * r} x2={x + cos * r * 1.6} y2={y + sin * r * 1.6} />
        );
      })}
      <circle cx={x} cy={y} r={r} />
    </g>
  );
}

/** Initial of a faucet kind, so that the drawing reads in grey. */
export const faucetLetter = (faucet_type: string | null) =>
  faucet_type === 'PRE_RINSE_OVERHEAD_SPRAY' ? 'P' : faucet_type === 'GOOSENECK_TREATED_WATER' ? 'G' : 'W';
