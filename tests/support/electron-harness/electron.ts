import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type * as Electron from 'electron';
import { closeChromium } from './chromium.ts';
import { type HarnessContents, HarnessWindow, type WindowWorld } from './window.ts';

/**
 * The part of Electron's interface that main/app uses, over real Chromium windows (Playwright) and real child processes.
 * Each export is checked against Electron's own types. What it cannot show: the operating system's side of a window
 * (frame, menu bar, key store, printers) and the process sandbox; those need the real binary.
 */
type SchemeHandler = (request: Request) => Response | Promise<Response>;
const windows: HarnessWindow[] = [];
const children: ChildProcess[] = [];
const schemes = new Map<string, SchemeHandler>();
const handlers = new Map<string, (event: never, message: unknown) => unknown>();
/** What the program did that has no window to look at. */
export const seen = {
  windows,
  children,
  external: [] as string[],
  dialogs: [] as string[],
  exits: [] as number[],
  relaunches: [] as (string[] | undefined)[],
  menu: [] as Electron.MenuItemConstructorOptions[],
  privileged: [] as Electron.CustomScheme[],
  permissionRequest: undefined as Parameters<Electron.Session['setPermissionRequestHandler']>[0] | undefined,
  permissionCheck: undefined as Parameters<Electron.Session['setPermissionCheckHandler']>[0] | undefined,
  locale: 'en',
  hasKeyStore: true,
  dialogResponse: 0,
  isSoftwareDrawing: false,
};

class HarnessApp extends EventEmitter {
  readonly isPackaged = false;
  readonly #paths = new Map<string, string>();
  whenReady = async (): Promise<void> => {};
  requestSingleInstanceLock = (): boolean => true;
  getLocale = (): string => seen.locale;
  getVersion = (): string => '0.0.0-harness';
  getPath = (name: string): string => this.#paths.get(name) ?? tmpdir();
  setPath(name: string, folder: string): void {
    if (!existsSync(folder)) throw new Error(`Failed to set path: ${folder} does not exist`);
    this.#paths.set(name, folder);
  }
  disableHardwareAcceleration(): void {
    seen.isSoftwareDrawing = true;
  }
  relaunch(options?: Electron.RelaunchOptions): void {
    seen.relaunches.push(options?.args);
  }
  quit(): void {
    const event = {
      defaultPrevented: false,
      preventDefault() {
        this.defaultPrevented = true;
      },
    };
    this.emit('before-quit', event);
    if (!event.defaultPrevented) this.exit(0);
  }
  exit(code = 0): void {
    seen.exits.push(code);
    for (const window of [...windows]) window.destroy();
    void closeChromium().then(() => this.emit('quit', {}, code));
  }
}
export const app = new HarnessApp() satisfies Pick<
  Electron.App,
  | 'isPackaged'
  | 'whenReady'
  | 'requestSingleInstanceLock'
  | 'getLocale'
  | 'getVersion'
  | 'setPath'
  | 'disableHardwareAcceleration'
  | 'relaunch'
  | 'quit'
  | 'exit'
>;

const world: WindowWorld = {
  opened(window) {
    windows.push(window);
    app.emit('web-contents-created', {}, window.webContents);
  },
  closed(window) {
    windows.splice(windows.indexOf(window), 1);
    if (windows.length === 0) app.emit('window-all-closed');
  },
  async answerRequest(request) {
    const handler = schemes.get(new URL(request.url).protocol.slice(0, -1));
    return handler ? handler(request) : new Response(null, { status: 404 });
  },
  heard(kind, event, channel, message) {
    if (kind === 'send') return void ipcMain.emit(channel, event, message);
    const handler = handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    return handler(event as never, message);
  },
};
export class BrowserWindow extends HarnessWindow {
  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super(options, world);
  }
}
export const webContents = {
  getAllWebContents: (): HarnessContents[] => windows.map(window => window.webContents),
};
class HarnessIpc extends EventEmitter {
  handle(channel: string, handler: (event: never, message: unknown) => unknown): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  }
}
export const ipcMain = new HarnessIpc();
export const protocol = {
  registerSchemesAsPrivileged: (custom: Electron.CustomScheme[]) => void seen.privileged.push(...custom),
  handle: (scheme: string, handler: SchemeHandler) => void schemes.set(scheme, handler),
} satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>;
export const session = {
  defaultSession: {
    setPermissionRequestHandler(handler) {
      seen.permissionRequest = handler ?? undefined;
    },
    setPermissionCheckHandler(handler) {
      seen.permissionCheck = handler ?? undefined;
    },
  } satisfies Pick<Electron.Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler'>,
};
export const shell = {
  openExternal: async (url: string) => void seen.external.push(url),
} satisfies Pick<Electron.Shell, 'openExternal'>;
export const dialog = {
  showErrorBox: (title: string, text: string) => void seen.dialogs.push(`${title}: ${text}`),
  async showMessageBox(...given: unknown[]): Promise<Electron.MessageBoxReturnValue> {
    seen.dialogs.push((given.at(-1) as Electron.MessageBoxOptions).message);
    return { response: seen.dialogResponse, checkboxChecked: false };
  },
} satisfies Pick<Electron.Dialog, 'showErrorBox' | 'showMessageBox'>;
export const Menu = {
  buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => template,
  setApplicationMenu(template: Electron.MenuItemConstructorOptions[]): void {
    seen.menu = template;
  },
};
const area = { x: 0, y: 0, width: 1920, height: 1080 };
export const screen = {
  getAllDisplays: () => [{ workArea: area }],
};
export const safeStorage = {
  isEncryptionAvailable: () => seen.hasKeyStore,
  getSelectedStorageBackend: () => 'gnome_libsecret' as const,
  encryptString: text => Buffer.from(text, 'utf8').reverse(),
  decryptString: sealed => Buffer.from(sealed).reverse().toString('utf8'),
} satisfies Pick<
  Electron.SafeStorage,
  'isEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptString' | 'decryptString'
>;

class HarnessUtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;
  constructor(entry: string, args: string[]) {
    super();
    const hook = path.join(import.meta.dirname, 'parent-port.mjs');
    this.#child = fork(entry, args, { execArgv: ['--import', hook], serialization: 'advanced' });
    children.push(this.#child);
    this.#child.on('message', message => this.emit('message', message));
    this.#child.on('exit', code => this.emit('exit', code ?? 1));
  }
  postMessage(message: unknown): void {
    if (this.#child.connected) this.#child.send(message as object);
  }
  kill = (): boolean => this.#child.kill();
}
export const utilityProcess = {
  fork: (entry: string, args: string[] = []) => new HarnessUtilityProcess(entry, args),
};
