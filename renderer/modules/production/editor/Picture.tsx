import type { EditedStep } from '../../../../preload/contract/instruction-editing.ts';

export type Annotation = EditedStep['annotations'][number];
const INK = '#c92a2a';

/** One mark in thousandths of the picture; drawn the same on screen and on paper. */
export function Mark({ mark, number }: { mark: Annotation; number: number }) {
  const { shape, x1, y1, x2, y2, label } = mark;
  const [left, top] = [Math.min(x1, x2), Math.min(y1, y2)];
  const [width, height] = [Math.abs(x2 - x1), Math.abs(y2 - y1)];
  const line = { fill: 'none', stroke: INK, strokeWidth: 3, vectorEffect: 'non-scaling-stroke' as const };
  const words = (x: number, y: number, text: string) => (
    <text
      x={x}
      y={y}
      fontSize={38}
      fontWeight={700}
      fill={INK}
      stroke="#fff"
      strokeWidth={6}
      paintOrder="stroke"
    >
      {text}
    </text>
  );
  switch (shape) {
    case 'arrow':
      return (
        <g>
          <line x1={x1} y1={y1} x2={x2} y2={y2} {...line} markerEnd="url(#arrow-head)" />
          {words(x1, y1 - 8, label)}
        </g>
      );
    case 'box':
      return (
        <g>
          <rect x={left} y={top} width={width} height={height} {...line} />
          {words(left, top - 8, label)}
        </g>
      );
    case 'circle':
      return (
        <g>
          <ellipse cx={(x1 + x2) / 2} cy={(y1 + y2) / 2} rx={width / 2} ry={height / 2} {...line} />
          {words(left, top - 8, label)}
        </g>
      );
    case 'number':
      return (
        <g>
          <circle cx={x1} cy={y1} r={30} fill={INK} />
          <text x={x1} y={y1 + 13} fontSize={38} fontWeight={700} fill="#fff" textAnchor="middle">
            {number}
          </text>
          {words(x1 + 40, y1 + 13, label)}
        </g>
      );
    case 'text':
      return words(x1, y1, label);
  }
}

interface Props {
  src: string;
  alt: string;
  annotations: readonly Annotation[];
}
/** A picture with its marks over it. */
export function Picture({ src, alt, annotations }: Props) {
  return (
    <div style={{ position: 'relative', lineHeight: 0 }}>
      <img src={src} alt={alt} draggable={false} style={{ width: '100%' }} />
      <svg
        viewBox="0 0 1000 1000"
        preserveAspectRatio="none"
        aria-hidden="true"
        style={{ position: 'absolute', inset: 0, width: '100%', height: '100%', pointerEvents: 'none' }}
      >
        <defs>
          <marker
            id="arrow-head"
            viewBox="0 0 10 10"
            refX="9"
            refY="5"
            markerWidth="5"
            markerHeight="5"
            orient="auto"
          >
            <path d="M0 0 10 5 0 10Z" fill={INK} />
          </marker>
        </defs>
        {annotations.map((mark, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a mark is its place in the list, and its number too
          <Mark key={at} mark={mark} number={at + 1} />
        ))}
      </svg>
    </div>
  );
}
