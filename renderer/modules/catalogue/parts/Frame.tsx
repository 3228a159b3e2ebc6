import type { ReactNode } from 'react';

/** A grid fills its frame; inside a scrolling page the frame has a height of its own. */
export function Frame({ height, children }: { height: number | string; children: ReactNode }) {
  return <div style={{ display: 'flex', flexDirection: 'column', height, minHeight: 0 }}>{children}</div>;
}
