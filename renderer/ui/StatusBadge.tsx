import { Badge, type MantineColor } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleDot,
  IconCircleX,
  IconSquare,
} from '@tabler/icons-react';

export type BadgeShape = 'dot' | 'ring' | 'check' | 'cross' | 'wait' | 'square' | 'warning';
const icons = {
  dot: IconCircleDot,
  ring: IconCircle,
  check: IconCircleCheck,
  cross: IconCircleX,
  wait: IconCircleDashed,
  square: IconSquare,
  warning: IconAlertTriangle,
};
export type Tone = 'neutral' | 'progress' | 'waiting' | 'good' | 'warning' | 'bad';
const looks: Record<Tone, { color: MantineColor; shape: BadgeShape }> = {
  neutral: { color: 'gray', shape: 'ring' },
  progress: { color: 'blue', shape: 'dot' },
  waiting: { color: 'yellow', shape: 'wait' },
  good: { color: 'green', shape: 'check' },
  warning: { color: 'orange', shape: 'warning' },
  bad: { color: 'red', shape: 'cross' },
};
interface Props {
  label: string;
  tone?: Tone;
  /** Where the six tones are too few. */
  color?: MantineColor;
  shape?: BadgeShape;
}
/** Shape, word and colour together, so that none of them is the only signal. */
export function StatusBadge({ label, tone = 'neutral', color, shape }: Props) {
  const look = looks[tone];
  const Icon = icons[shape ?? look.shape];
  return (
    <Badge
      color={color ?? look.color}
      variant="light"
      radius="sm"
      className="status-badge"
      leftSection={<Icon size={13} aria-hidden />}
    >
      {label}
    </Badge>
  );
}
