import type { PushEvent } from '../../preload/contract/rpc.ts';

/** Who is told: every window, or those of the session that started a job; of the program's own jobs no window. */
export type Audience = 'everyone' | { session: string | null };
export type Push = (event: PushEvent, to: Audience) => void;

/** Whether a window that acts with this session is told. What a job made may hold a download ticket. */
export const isFor = (to: Audience, session: string | null): boolean =>
  to === 'everyone' || (to.session !== null && to.session === session);
