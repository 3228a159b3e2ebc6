import { Badge, type MantineColor } from '@mantine/core';
import type { ReactNode } from 'react';

export type BadgeShape = 'dot' | 'ring' | 'check' | 'cross' | 'wait' | 'square';
const MARKS: Record<BadgeShape, string> = {
  dot: '●',
  ring: '○',
  check: '✓',
  cross: '✕',
  wait: '◔',
  square: '■',
};
/** A state by shape, word and colour: never by colour alone. */
export function StatusBadge({
  label,
  color = 'gray',
  shape = 'dot',
}: {
  label: ReactNode;
  color?: MantineColor;
  shape?: BadgeShape;
}) {
  return (
    <Badge
      variant="light"
      color={color}
      radius="sm"
      className="status-badge"
      leftSection={<span aria-hidden>{MARKS[shape]}</span>}
    >
      {label}
    </Badge>
  );
}
