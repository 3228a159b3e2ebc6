import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { app, seen } from '../support/electron-harness/electron.ts';
import { type Shell, startHarness, whoami } from '../support/electron-harness/start.ts';

vi.mock('electron', () => import('../support/electron-harness/electron.ts'));

const folder = mkdtempSync(path.join(tmpdir(), 'millwright-shell-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the desktop shell, when things go wrong', () => {
  let shell: Shell;
  beforeAll(async () => {
    shell = await startHarness(folder);
  }, 60_000);
  afterAll(() => shell?.close());
  const contents = () => seen.windows[0]!.webContents;

  test('new windows are denied; only https goes to the system browser', async () => {
    const popup = (url: string) => shell.page.evaluate(address => void window.open(address), url);
    await popup('https://outside.example/help');
    await popup('http://outside.example/');
    await popup('file:///etc/passwd');
    await vi.waitUntil(() => seen.external.length > 0);
    expect(seen.external).toEqual(['https://outside.example/help']);
    expect(seen.windows).toHaveLength(1);
  });

  test('permissions are denied, except writing text to the clipboard', () => {
    const ask = (permission: string) => {
      let decision: boolean | undefined;
      seen.permissionRequest?.(
        contents() as never,
        permission as never,
        granted => (decision = granted),
        {} as never,
      );
      return [decision, seen.permissionCheck?.(contents() as never, permission as never, '', {} as never)];
    };
    for (const permission of ['media', 'geolocation', 'notifications', 'openExternal', 'clipboard-read'])
      expect(ask(permission)).toEqual([false, false]);
    expect(ask('clipboard-sanitized-write')).toEqual([true, true]);
  });

  test('an inner frame and a foreign address are not heard', async () => {
    await shell.page.evaluate(() => {
      const frame = document.createElement('iframe');
      frame.src = URL.createObjectURL(new Blob(['<p>inner'], { type: 'text/html' }));
      document.body.append(frame);
    });
    await vi.waitUntil(() => shell.page.frames().length > 1);
    const inner = shell.page.frames()[1]!;
    expect(
      await inner.evaluate(call => window.electronSend('invoke', 'rpc:call', call), whoami),
    ).toMatchObject({ error: { code: 'not_allowed' } });
    expect(await inner.evaluate(() => typeof window.millwright)).toBe('undefined');
    await shell.page.evaluate(() => document.querySelector('iframe')?.remove());
  });

  test('the menu speaks to the page', async () => {
    await shell.page.evaluate(() => {
      window.pushed = [];
      window.millwright!.on(event => window.pushed.push(event));
    });
    const help = seen.menu.find(item => item.label === 'Help')?.submenu;
    const diagnostics = Array.isArray(help) ? help.find(item => item.label === 'Diagnostics…') : undefined;
    diagnostics?.click?.({} as never, undefined, {} as never);
    await expect
      .poll(() => shell.page.evaluate(() => window.pushed.length), { timeout: 10_000 })
      .toBeGreaterThan(0);
    expect(await shell.page.evaluate(() => window.pushed)).toEqual([
      { kind: 'shell', action: 'open_diagnostics' },
    ]);
  });

  test('what a job says is for the windows of its session', async () => {
    const { pushToWindows } = await import('../../main/app/transport.ts');
    const ended = (job_id: string) => ({ kind: 'job', job_id, state: 'done', value: null }) as const;
    const call = (session: string | null) =>
      shell.page.evaluate(message => window.millwright!.call(message), { ...whoami, session });
    await call(null);
    await shell.page.evaluate(() => {
      window.pushed.length = 0;
    });
    pushToWindows(ended('of the program'), { session: null });
    pushToWindows(ended('of somebody else'), { session: 'theirs' });
    await call('ours');
    pushToWindows(ended('of somebody else'), { session: 'theirs' });
    pushToWindows(ended('our own'), { session: 'ours' });
    await expect.poll(() => shell.page.evaluate(() => window.pushed)).toEqual([ended('our own')]);
  });

  test('a data process that is killed comes back, and a call made meanwhile is answered', async () => {
    const killed = seen.children.at(-1)!;
    const ended = new Promise(resolve => killed.once('exit', resolve));
    killed.kill('SIGKILL');
    await ended;
    const late = await contents().page.then(page =>
      page.evaluate(call => window.millwright!.call(call), whoami),
    );
    expect(late).toMatchObject({ error: { code: 'not_signed_in' } });
    expect(seen.children.at(-1)!.pid).not.toBe(killed.pid);
  });

  test('a page that crashes is loaded again, and named when it keeps crashing', async () => {
    const reload = vi.spyOn(contents(), 'reload').mockImplementation(() => {});
    const crash = () => contents().emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
    contents().emit('render-process-gone', {}, { reason: 'clean-exit', exitCode: 0 });
    expect(reload).toHaveBeenCalledTimes(0);
    for (let n = 0; n < 3; n += 1) crash();
    expect(reload).toHaveBeenCalledTimes(3);
    expect(seen.dialogs).toEqual([]);
    crash();
    expect(seen.dialogs).toEqual(['The page stopped several times.']);
    reload.mockRestore();
    seen.dialogs.length = 0;
  });

  test('a second start shows the window that is open', () => {
    let focused = 0;
    seen.windows[0]!.once('focus', () => (focused += 1));
    app.emit('second-instance', {}, [], folder);
    expect(focused).toBe(1);
  });

  test('secrets are sealed with the key store, or with a key file and a notice', async () => {
    const { shellSecrets } = await import('../../main/app/secrets.ts');
    const notices: string[] = [];
    const open = () => shellSecrets(path.join(folder, 'secrets.key'), text => notices.push(text));
    const sealed = open().seal('geheim');
    seen.hasKeyStore = false;
    const fallback = open();
    const sealedByFile = fallback.seal('geheim');
    expect([sealed.split(':')[0], sealedByFile.split(':')[0], notices.length]).toEqual(['os', 'file', 1]);
    expect(sealedByFile).not.toContain('geheim');
    expect(fallback.open(sealedByFile)).toBe('geheim');
    seen.hasKeyStore = true;
    expect([open().open(sealed), open().open(sealedByFile)]).toEqual(['geheim', 'geheim']);
    expect(statSync(path.join(folder, 'secrets.key')).mode & 0o777).toBe(0o600);
  });

  test('a PDF is made in a hidden window', async () => {
    const { printAnswers } = await import('../../main/app/printing.ts');
    const html_path = path.join(folder, 'page.html');
    const pdf_path = path.join(folder, 'page.pdf');
    writeFileSync(html_path, '<style>@page{size:A4}</style><p>Traveller 42</p>');
    await printAnswers.print_pdf({ html_path, pdf_path });
    expect(execFileSync('pdftotext', [pdf_path, '-'], { encoding: 'utf8' })).toContain('Traveller 42');
    expect(await printAnswers.list_printers(null)).toEqual([]);
    await expect(
      printAnswers.print_paper({ html_path, printer: 'None', silent: true }),
    ).rejects.toMatchObject({ code: 'printer_failed' });
    expect(seen.windows).toHaveLength(1);
  });

  test('a graphics process that keeps ending restarts the program once, drawn in software', async () => {
    const gone = () => app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 9 });
    app.emit('child-process-gone', {}, { type: 'Utility', reason: 'crashed', exitCode: 9 });
    gone();
    expect(seen.relaunches).toEqual([]);
    const ended = new Promise(resolve => app.once('quit', resolve));
    gone();
    gone();
    await ended;
    expect(seen.relaunches).toEqual([expect.arrayContaining(['--software-drawing', '--data', folder])]);
    const { respectSoftwareDrawing } = await import('../../main/app/recovery.ts');
    respectSoftwareDrawing(['millwright', '--software-drawing']);
    expect(seen.isSoftwareDrawing).toBe(true);
    shell.close = async () => {};
  });

  test('the window comes back where it was closed', () => {
    const file = path.join(folder, 'shell/window.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      x: 10,
      y: 10,
      width: 1400,
      height: 900,
      is_maximized: false,
    });
  });
});
