import type { EditedStep } from '../../../../preload/contract/instruction-editing.ts';

export type Annotation = EditedStep['annotations'][number];
const INK = '#c92a2a';
const LETTERS_PX = 17;
/** Places are thousandths of the picture, whatever its proportions; sizes are those of the page, so nothing stretches. */
const share = (thousandths: number): string => `${thousandths / 10}%`;

/** One mark, drawn the same on screen and on paper. */
function Mark({ mark, number }: { mark: Annotation; number: number }) {
  const { shape, x1, y1, x2, y2, label } = mark;
  const [left, top] = [Math.min(x1, x2), Math.min(y1, y2)];
  const [width, height] = [Math.abs(x2 - x1), Math.abs(y2 - y1)];
  const line = { fill: 'none', stroke: INK, strokeWidth: 3 };
  const words = (x: number, y: number, { dx = 0, dy = -6 } = {}) => (
    <text
      x={share(x)}
      y={share(y)}
      dx={dx}
      dy={dy}
      fontSize={LETTERS_PX}
      fontWeight={700}
      fill={INK}
      stroke="#fff"
      strokeWidth={3}
      paintOrder="stroke"
    >
      {label}
    </text>
  );
  switch (shape) {
    case 'arrow':
      return (
        <g>
          <line
            x1={share(x1)}
            y1={share(y1)}
            x2={share(x2)}
            y2={share(y2)}
            {...line}
            markerEnd="url(#arrow-head)"
          />
          {words(x1, y1)}
        </g>
      );
    case 'box':
      return (
        <g>
          <rect x={share(left)} y={share(top)} width={share(width)} height={share(height)} {...line} />
          {words(left, top)}
        </g>
      );
    case 'circle':
      return (
        <g>
          <ellipse
            cx={share((x1 + x2) / 2)}
            cy={share((y1 + y2) / 2)}
            rx={share(width / 2)}
            ry={share(height / 2)}
            {...line}
          />
          {words(left, top)}
        </g>
      );
    case 'number':
      return (
        <g>
          <circle cx={share(x1)} cy={share(y1)} r={LETTERS_PX * 0.8} fill={INK} />
          <text
            x={share(x1)}
            y={share(y1)}
            dy={LETTERS_PX * 0.35}
            fontSize={LETTERS_PX}
            fontWeight={700}
            fill="#fff"
            textAnchor="middle"
          >
            {number}
          </text>
          {words(x1, y1, { dx: LETTERS_PX, dy: LETTERS_PX * 0.35 })}
        </g>
      );
    case 'text':
      return words(x1, y1, { dy: 0 });
  }
}

interface Props {
  src: string;
  alt: string;
  annotations: readonly Annotation[];
}
/** A picture with its marks over it, as wide as its place allows and no higher than half a page. */
export function Picture({ src, alt, annotations }: Props) {
  return (
    <div style={{ position: 'relative', lineHeight: 0, width: 'fit-content', maxWidth: '100%' }}>
      <img
        src={src}
        alt={alt}
        draggable={false}
        style={{ maxWidth: '100%', maxHeight: 'var(--picture-height, 480px)' }}
      />
      <svg
        aria-hidden="true"
        style={{
          position: 'absolute',
          inset: 0,
          width: '100%',
          height: '100%',
          overflow: 'visible',
          pointerEvents: 'none',
        }}
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
