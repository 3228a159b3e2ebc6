import { app, BrowserWindow, session, shell, type WebContents } from 'electron';
import { isOwnAddress, START_PAGE } from './scheme.ts';
import { readWindowState, rememberWindow } from './window-state.ts';

/** Every page of the program runs isolated and sandboxed; what it can reach is what the preload script exposes. */
export function openMainWindow(preload: string, state_file: string): BrowserWindow {
  const { is_maximized, ...bounds } = readWindowState(state_file);
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    title: 'Millwright',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      // The PDF viewer of Chromium is a plug-in.
      plugins: true,
      devTools: !app.isPackaged,
    },
  });
  rememberWindow(window, state_file);
  window.once('ready-to-show', () => {
    if (is_maximized) window.maximize();
    window.show();
  });
  void window.loadURL(START_PAGE);
  return window;
}

/** Pages stay where they are, open nothing, and get no device or notification. */
export function guardPages(): void {
  app.on('web-contents-created', (_event, contents) => guard(contents));
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((contents, permission, decide) =>
    decide(isCopy(permission) && isOwnAddress(contents.getURL())),
  );
  defaultSession.setPermissionCheckHandler(
    (contents, permission) => isCopy(permission) && contents !== null && isOwnAddress(contents.getURL()),
  );
}
/** Writing plain text to the clipboard after a click (copy a table to Excel) is the one thing pages may do. */
const isCopy = (permission: string): boolean => permission === 'clipboard-sanitized-write';

function guard(contents: WebContents): void {
  contents.on('will-navigate', event => {
    if (!isOwnAddress(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', event => {
    if (!isOwnAddress(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', event => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (isSafeOutside(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
}
/** Only web pages go to the system's browser: other schemes start programs. */
export function isSafeOutside(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === 'https:' && new URL(url).username === '';
}
