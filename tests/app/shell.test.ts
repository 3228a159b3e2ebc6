import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  askWho,
  electronBinary,
  type Shell,
  startElectron,
  startHarness,
} from '../support/electron-harness/start.ts';

vi.mock('electron', () => import('../support/electron-harness/electron.ts'));

const folder = mkdtempSync(path.join(tmpdir(), 'millwright-shell-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const binary = electronBinary();
process.stderr.write(
  `desktop shell: tested with ${binary ? 'the Electron binary and ' : ''}the conformance harness${binary ? '' : ' only (no Electron binary here)'}\n`,
);

describe.each([
  { name: 'conformance harness', start: () => startHarness(path.join(folder, 'harness')), can_run: true },
  {
    name: 'Electron binary',
    start: () => startElectron(path.join(folder, 'electron'), String(binary)),
    can_run: binary !== undefined,
  },
])('$name', ({ start, can_run }) => {
  describe.skipIf(!can_run)('the desktop shell', () => {
    let shell: Shell;
    beforeAll(async () => {
      shell = await start();
    }, 60_000);
    afterAll(() => shell?.close());

    test('shows the page and answers its calls from the data process', async () => {
      expect(await shell.page.evaluate(() => location.pathname)).toBe('/');
      await shell.page.locator('input[type=password]').waitFor();
      expect(await askWho(shell.page)).toMatchObject({ ok: false, error: { code: 'not_signed_in' } });
      const wrong = {
        id: 2,
        path: 'identity.signIn',
        input: { username: 'nobody', password: 'x' },
        session: null,
      };
      expect(await shell.page.evaluate(call => window.millwright!.call(call), wrong)).toMatchObject({
        error: { code: 'sign_in_failed' },
      });
      const junk = await shell.page.evaluate(() => window.millwright!.call({ id: 'one' } as never));
      expect(junk).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
    });

    test('the page reaches nothing but the bridge', async () => {
      const reach = await shell.page.evaluate(() => [
        typeof Reflect.get(window, 'require'),
        typeof Reflect.get(window, 'process'),
        window.millwright!.shell,
      ]);
      expect(reach).toEqual(['undefined', 'undefined', 'desktop']);
    });

    test('inline scripts and foreign addresses are refused by the policy', async () => {
      const ran = await shell.page.evaluate(async () => {
        const script = document.createElement('script');
        script.textContent = 'window.pushed = ["inline"]';
        document.head.append(script);
        const outside = await fetch('https://outside.example/').then(
          () => 'fetched',
          () => 'refused',
        );
        return [window.pushed, outside];
      });
      expect(ran).toEqual([undefined, 'refused']);
    });

    test('built files and unknown tickets are answered by the scheme', async () => {
      const answers = await shell.page.evaluate(async () => {
        const page = await fetch('/orders/1');
        const ticket = await fetch(window.millwright!.transferUrl('guess'));
        const upload = await fetch(window.millwright!.transferUrl('guess'), {
          method: 'PUT',
          body: 'x',
          headers: { 'x-file-name': 'a.txt' },
        });
        return [
          page.status,
          page.headers.get('cache-control'),
          ticket.status,
          upload.status,
          (await upload.json()).code,
        ];
      });
      expect(answers).toEqual([200, 'no-store', 404, 404, 'ticket_unknown']);
    });

    test('neither a link nor a script leads the page elsewhere', async () => {
      const before = shell.page.url();
      await shell.page.evaluate(() => {
        location.href = 'https://outside.example/';
      });
      expect(await askWho(shell.page)).toMatchObject({ error: { code: 'not_signed_in' } });
      expect(shell.page.url()).toBe(before);
    });
  });
});
