import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type BrowserWindow, type Rectangle, screen } from 'electron';
import { z } from 'zod';

const DEFAULT = { width: 1400, height: 900 };
const stored = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(400).max(20_000),
  height: z.int().min(300).max(20_000),
  is_maximized: z.boolean(),
});
type Stored = z.output<typeof stored>;

/** Size and place of the last time, unless the screen it was on is gone or the file is not readable. */
export function readWindowState(file: string): Partial<Stored> & { width: number; height: number } {
  const parsed = stored.safeParse(parse(file));
  return parsed.success && isOnScreen(parsed.data) ? parsed.data : DEFAULT;
}
export function rememberWindow(window: BrowserWindow, file: string): void {
  window.on('close', () => {
    const state: Stored = { ...whole(window.getNormalBounds()), is_maximized: window.isMaximized() };
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(state));
  });
}
const whole = (r: Rectangle): Rectangle => ({
  x: Math.round(r.x),
  y: Math.round(r.y),
  width: Math.round(r.width),
  height: Math.round(r.height),
});

/** At least the title bar must be within reach of the mouse. */
function isOnScreen({ x, y, width }: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea: area }) => {
    const overlap = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
    return overlap >= 200 && y >= area.y - 10 && y < area.y + area.height - 50;
  });
}
function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
