import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type * as Electron from 'electron';
import type { Frame, Page, Route } from 'playwright';
import { chromiumContext, strayPages, toOurs, toReal } from './chromium.ts';
import { hostPreload } from './preload-host.ts';

type Options = Electron.BrowserWindowConstructorOptions;
type OpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0];
/** What the windows need of the rest of the harness. */
export interface WindowWorld {
  opened(window: HarnessWindow): void;
  closed(window: HarnessWindow): void;
  answerRequest(request: Request): Promise<Response>;
  heard(
    kind: 'invoke' | 'send',
    event: { sender: HarnessContents; senderFrame: HarnessFrame },
    channel: string,
    message: unknown,
  ): unknown;
}
export class HarnessFrame {
  readonly frame: Frame;
  constructor(frame: Frame) {
    this.frame = frame;
  }
  get url(): string {
    return toOurs(this.frame.url());
  }
}
const POPUP = {
  frameName: '',
  features: '',
  disposition: 'new-window',
  referrer: { url: '', policy: 'no-referrer' },
} as const;
const preventable = (url: string) => ({
  url,
  defaultPrevented: false,
  preventDefault() {
    this.defaultPrevented = true;
  },
});

/** `webContents` over a real Chromium page. */
export class HarnessContents extends EventEmitter {
  readonly page: Promise<Page>;
  readonly #frames = new WeakMap<Frame, HarnessFrame>();
  #page: Page | undefined;
  #openHandler: OpenHandler = () => ({ action: 'allow' });
  constructor(options: Options, world: WindowWorld) {
    super();
    this.page = this.#start(options, world);
  }
  async #start(options: Options, world: WindowWorld): Promise<Page> {
    const context = await chromiumContext();
    const page = await context.newPage();
    this.#page = page;
    const preload = options.webPreferences?.preload;
    await page.exposeBinding(
      'electronSend',
      ({ frame }, kind: 'invoke' | 'send', channel: string, message: unknown) =>
        world.heard(kind, { sender: this, senderFrame: this.frameOf(frame) }, channel, message),
    );
    if (preload) await page.addInitScript(hostPreload, readFileSync(preload, 'utf8'));
    await page.route('**/*', route => this.#route(route, world));
    strayPages.onAddress = url => this.#openHandler({ url, ...POPUP });
    page.on(
      'popup',
      popup =>
        void popup.waitForEvent('requestfailed').then(
          () => popup.close(),
          () => undefined,
        ),
    );
    page.on('crash', () => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 }));
    return page;
  }
  async #route(route: Route, world: WindowWorld): Promise<void> {
    const request = route.request();
    const url = toOurs(request.url());
    if (url.startsWith('file://')) return route.continue();
    const isTopNavigation = request.isNavigationRequest() && request.frame() === this.#page?.mainFrame();
    if (isTopNavigation && this.getURL().startsWith('app://') && url !== this.getURL()) {
      const event = preventable(url);
      this.emit('will-navigate', event);
      if (event.defaultPrevented) return route.abort('aborted');
    }
    if (!url.startsWith('app://')) return route.abort('addressunreachable');
    const body = request.postDataBuffer();
    const headers = new Headers(request.headers());
    const origin = headers.get('origin');
    if (origin) headers.set('origin', toOurs(`${origin}/`).replace(/\/$/, ''));
    const response = await world.answerRequest(
      new Request(url, { method: request.method(), headers, ...(body && { body: new Uint8Array(body) }) }),
    );
    return route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  }
  frameOf(frame: Frame): HarnessFrame {
    const held = this.#frames.get(frame) ?? new HarnessFrame(frame);
    this.#frames.set(frame, held);
    return held;
  }
  get mainFrame(): HarnessFrame | null {
    return this.#page ? this.frameOf(this.#page.mainFrame()) : null;
  }
  getURL(): string {
    return toOurs(this.#page?.url() ?? '');
  }
  send(channel: string, message: unknown): void {
    const script = ([name, value]: [string, unknown]) =>
      (globalThis as unknown as { electronPush(n: string, v: unknown): void }).electronPush(name, value);
    // A page that is just being replaced hears nothing, as in Electron.
    void this.#page?.evaluate(script, [channel, message] as [string, unknown]).catch(() => undefined);
  }
  reload(): void {
    void this.page.then(page => page.goto(page.url())).catch(() => undefined);
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }
  async printToPDF(options: Electron.PrintToPDFOptions): Promise<Buffer> {
    const page = await this.page;
    return page.pdf({
      preferCSSPageSize: options.preferCSSPageSize ?? false,
      printBackground: options.printBackground ?? false,
      tagged: options.generateTaggedPDF ?? false,
    });
  }
  async getPrintersAsync(): Promise<Electron.PrinterInfo[]> {
    return [];
  }
  print(_options: Electron.WebContentsPrintOptions, done: (success: boolean, reason: string) => void): void {
    done(false, 'no printer available');
  }
}

export class HarnessWindow extends EventEmitter {
  readonly webContents: HarnessContents;
  readonly options: Options;
  readonly #world: WindowWorld;
  isShown = false;
  #isMaximized = false;
  #isDestroyed = false;
  constructor(options: Options, world: WindowWorld) {
    super();
    this.options = options;
    this.#world = world;
    this.webContents = new HarnessContents(options, world);
    world.opened(this);
  }
  async loadURL(url: string): Promise<void> {
    const page = await this.webContents.page;
    await page.goto(toReal(url));
    this.emit('ready-to-show');
  }
  loadFile(file: string): Promise<void> {
    return this.loadURL(pathToFileURL(file).href);
  }
  show(): void {
    this.isShown = true;
  }
  focus(): void {
    this.emit('focus');
  }
  isDestroyed = (): boolean => this.#isDestroyed;
  isMinimized = (): boolean => false;
  restore(): void {}
  isMaximized = (): boolean => this.#isMaximized;
  maximize(): void {
    this.#isMaximized = true;
  }
  getNormalBounds(): Electron.Rectangle {
    const { x = 10, y = 10, width = 800, height = 600 } = this.options;
    return { x, y, width, height };
  }
  close(): void {
    if (this.#isDestroyed) return;
    this.emit('close', preventable(''));
    this.destroy();
  }
  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    void this.webContents.page.then(page => page.close()).catch(() => undefined);
    this.#world.closed(this);
  }
}
