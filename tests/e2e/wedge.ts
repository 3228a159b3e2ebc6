import type { CDPSession, Page } from '@playwright/test';

const sessions = new WeakMap<Page, Promise<CDPSession>>();
const DIGIT_SIGNS = ')!@#$%^&*(';
const SIGNS: Record<string, string> = { '-': 'Minus', '/': 'Slash', '.': 'Period', ']': 'BracketRight' };

interface Key {
  code: string;
  shift: boolean;
}
/** Where a character sits on a US keyboard. */
function keyOf(character: string): Key {
  if (/[a-z]/i.test(character))
    return { code: `Key${character.toUpperCase()}`, shift: /[A-Z]/.test(character) };
  if (/\d/.test(character)) return { code: `Digit${character}`, shift: false };
  const above = DIGIT_SIGNS.indexOf(character);
  if (above >= 0) return { code: `Digit${above}`, shift: true };
  return { code: SIGNS[character] ?? 'Quote', shift: false };
}

/**
 * Types as a wedge scanner: real key events of the browser that carry the time at which the scanner sent them, so that
 * a slow machine does not turn a scan into typing.
 */
export async function scan(
  page: Page,
  text: string,
  { gap_ms = 5, end = 'Enter', at_ms = Date.now() }: { gap_ms?: number; end?: string; at_ms?: number } = {},
): Promise<number> {
  const opening = sessions.get(page) ?? page.context().newCDPSession(page);
  sessions.set(page, opening);
  const session = await opening;
  let now_ms = at_ms;
  const press = async (key: string, { code, shift }: Key, typed: string | undefined) => {
    const common = { key, code, modifiers: shift ? 8 : 0, timestamp: now_ms / 1000 };
    await session.send('Input.dispatchKeyEvent', { type: 'keyDown', text: typed, ...common });
    await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...common });
    now_ms += gap_ms;
  };
  for (const character of text) await press(character, keyOf(character), character);
  if (end !== '') await press(end, { code: end, shift: false }, end === 'Enter' ? '\r' : undefined);
  return now_ms;
}
/** Types as a person: slowly, no end key. Gives the time after the last key. */
export const typeByHand = (page: Page, text: string): Promise<number> =>
  scan(page, text, { gap_ms: 90, end: '' });
