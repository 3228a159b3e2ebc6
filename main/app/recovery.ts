import { app, type BrowserWindow, dialog } from 'electron';
import type { Log } from '../platform/log.ts';

/** Given to the restarted program: draw without the graphics processor. */
export const SOFTWARE_DRAWING = '--software-drawing';
const RELOADS_ALLOWED = 3;
const RELOAD_WINDOW_MS = 60_000;
const GPU_ENDS_ALLOWED = 2;

/** Before the program is ready: the last start lost its graphics process. */
export function respectSoftwareDrawing(argv: readonly string[]): void {
  if (argv.includes(SOFTWARE_DRAWING)) app.disableHardwareAcceleration();
}

/** A page that crashed is loaded again; one that keeps crashing is named, with a way out. */
export function recoverPage(window: BrowserWindow, log: Log, quit: () => void): void {
  const ends_ms: number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    const now = Date.now();
    ends_ms.push(now);
    const recent = ends_ms.filter(at => now - at < RELOAD_WINDOW_MS).length;
    log.error({ reason, code: exitCode, recent }, 'page process gone');
    if (recent <= RELOADS_ALLOWED) return window.webContents.reload();
    void dialog
      .showMessageBox(window, {
        type: 'error',
        message: 'The page stopped several times.',
        detail: `Reason: ${reason}. Your data is saved.`,
        buttons: ['Load again', 'Quit'],
        cancelId: 1,
      })
      .then(({ response }) => (response === 0 ? window.webContents.reload() : quit()));
  });
}

/** A graphics process that keeps ending: the program restarts once and draws in software. */
export function recoverGraphics(argv: readonly string[], log: Log, restart: (args: string[]) => void): void {
  let ends = 0;
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    log.warn({ type, reason, code: exitCode }, 'child process gone');
    if (type !== 'GPU' || reason === 'clean-exit' || argv.includes(SOFTWARE_DRAWING)) return;
    ends += 1;
    if (ends === GPU_ENDS_ALLOWED) restart([...argv.slice(1), SOFTWARE_DRAWING]);
  });
}
