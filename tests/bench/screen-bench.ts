import type { Page } from 'playwright';
import { LARGE_BOM_ID, PASSWORD, USER } from './bench-station.ts';
import type { Figure } from './harness.ts';
import { launch, missing, startProgram } from './program.ts';

type Act =
  | { kind: 'visit'; hash: string }
  | { kind: 'sort'; head: string }
  | { kind: 'tick'; label: string }
  | { kind: 'type'; label: string; text: string };

/** What a person waits for, in Chromium on the built program: from the key or click to painted rows. */
export async function screens(folder: string, size: { orders: number }): Promise<(Figure | string)[]> {
  const lacking = missing();
  if (lacking) return [`Screens in Chromium: skipped, ${lacking}`];
  const program = await startProgram(folder);
  const browser = await launch();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 }, locale: 'en' });
    await page.goto(program.url);
    await page.getByLabel('User name').fill(USER);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1 }).waitFor();
    return [
      await firstPaint(page),
      await listOnScreen(page, size.orders),
      await pauseOfExport(page, size.orders),
    ];
  } catch (error) {
    return [`Screens in Chromium: failed, ${String(error).split('\n')[0]}`];
  } finally {
    await browser.close();
    await program.stop();
  }
}

const middle = (durations: number[]): number =>
  durations.toSorted((a, b) => a - b)[Math.floor(durations.length / 2)] ?? Number.NaN;
/** Repeats one after the other: they share the page. */
async function repeated(times: number, once: (n: number) => Promise<number>): Promise<number> {
  const durations: number[] = [];
  for (let n = 0; n < times; n++) durations.push(await once(n));
  return middle(durations);
}
const emptyFrame = (page: Page): Promise<number> =>
  repeated(9, () =>
    page.evaluate(
      () =>
        new Promise<number>(resolve => {
          const from = performance.now();
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve(performance.now() - from);
            port2.postMessage(null);
          });
        }),
    ),
  );

/** Milliseconds from the act until other first rows, or another number of them, are painted. */
const paint = (page: Page, act: Act): Promise<number> =>
  page.evaluate(
    wanted =>
      new Promise<number>((resolve, reject) => {
        const look = () => {
          const grid = document.querySelector('[role=grid], [role=treegrid]');
          const text = grid?.querySelector('[aria-rowindex="2"]')?.textContent ?? '';
          return text === '' ? '' : `${grid?.getAttribute('aria-label')} ${grid?.ariaRowCount} ${text}`;
        };
        const find = <E extends Element>(selector: string, text: string, type: { new (): E }): E => {
          const found = [...document.querySelectorAll(selector)].find(e =>
            (e.getAttribute('aria-label') ?? e.textContent ?? '').startsWith(text),
          );
          if (!(found instanceof type)) throw new Error(`no ${text} on the page`);
          return found;
        };
        const before = look();
        const from = performance.now();
        if (wanted.kind === 'visit') location.hash = wanted.hash;
        if (wanted.kind === 'sort') find('[role=columnheader] button', wanted.head, HTMLElement).click();
        if (wanted.kind === 'tick') find('label', wanted.label, HTMLElement).click();
        if (wanted.kind === 'type') {
          const input = find('input', wanted.label, HTMLInputElement);
          Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, wanted.text);
          input.dispatchEvent(new Event('input', { bubbles: true }));
        }
        const wait = () => {
          const now = look();
          if (performance.now() - from > 20_000)
            return reject(new Error(`nothing new after ${JSON.stringify(wanted)}: ${before} | ${now}`));
          if (now === before || now === '') return requestAnimationFrame(wait);
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now() - from);
          return port2.postMessage(null);
        };
        requestAnimationFrame(wait);
      }),
    act,
  );

async function firstPaint(page: Page): Promise<Figure> {
  const whole: number[] = [];
  const measured = await repeated(5, async () => {
    // A fresh page has no answer of an earlier visit to show.
    await page.evaluate(() => {
      location.hash = '/orders?view=all';
    });
    await page.reload();
    await page.locator('[role=grid] [aria-rowindex="2"]').waitFor();
    const painted = await paint(page, { kind: 'visit', hash: `/boms/${LARGE_BOM_ID}` });
    whole.push(painted + (await everyRow(page)));
    return painted;
  });
  return {
    work: 'BOM of 10,000 lines on screen: query, tree and first paint in Chromium',
    measured,
    unit: 'ms',
    target: 200,
    more_is_better: false,
    floor: await emptyFrame(page),
    floor_is: 'an empty frame of the same page',
    note: `from the click on the BOM to its painted rows, loading of the screen included; all opened and painted after ${Math.round(middle(whole))} ms`,
  };
}

/** Milliseconds until a tree whose "Expand all" is pressed at once has painted with every row it has. */
const everyRow = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>(resolve => {
        const from = performance.now();
        const grid = document.querySelector('[role=treegrid]');
        const first = Number(grid?.ariaRowCount);
        const button = [...document.querySelectorAll('button')].find(b => b.textContent === 'Expand all');
        if (!button) throw new Error('nothing expands the tree');
        button.click();
        const wait = () => {
          if (Number(grid?.ariaRowCount) < 10 * (first - 1)) return requestAnimationFrame(wait);
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now() - from);
          return port2.postMessage(null);
        };
        requestAnimationFrame(wait);
      }),
  );

async function listOnScreen(page: Page, orders: number): Promise<Figure> {
  await page.evaluate(() => {
    location.hash = '/orders?view=all';
  });
  await page.locator('[role=grid][aria-label=Orders] [aria-rowindex="2"]').waitFor();
  const heads = ['Customer', 'Project', 'Status', 'Sales'];
  const kinds: Record<string, number[]> = { sort: [], filter: [], search: [] };
  for (const [n, head] of heads.entries()) {
    kinds.sort?.push(await paint(page, { kind: 'sort', head }));
    kinds.filter?.push(await paint(page, { kind: 'tick', label: 'Late' }));
    const label = 'Search orders';
    kinds.search?.push(await paint(page, { kind: 'type', label, text: `hopital 00${n + 1}` }));
    await paint(page, { kind: 'type', label, text: '' });
    await paint(page, { kind: 'tick', label: 'Late' });
  }
  const timings = Object.entries(kinds).map(([what, durations]) => ({ what, ms: middle(durations) }));
  return {
    work: `Order list at ${orders.toLocaleString('en')} orders on screen: slowest of filter, sort, search`,
    measured: Math.max(...timings.map(t => t.ms)),
    unit: 'ms',
    target: 150,
    more_is_better: false,
    floor: await emptyFrame(page),
    floor_is: 'an empty frame of the same page',
    note: timings.map(t => `${t.what}: ${Math.round(t.ms)} ms`).join('; '),
  };
}

/** The longest time the page could not answer, while something else goes on. */
async function longestPause(page: Page, during: () => Promise<unknown>): Promise<number> {
  await page.evaluate(() => {
    const state = { longest_ms: 0, is_over: false };
    Object.assign(window, { bench_pause: state });
    const { port1, port2 } = new MessageChannel();
    let last = performance.now();
    port1.onmessage = () => {
      const now = performance.now();
      state.longest_ms = Math.max(state.longest_ms, now - last);
      last = now;
      if (!state.is_over) port2.postMessage(null);
    };
    port2.postMessage(null);
  });
  await during();
  return page.evaluate(() => {
    const state: { longest_ms: number; is_over: boolean } = Reflect.get(window, 'bench_pause');
    state.is_over = true;
    return state.longest_ms;
  });
}
async function pauseOfExport(page: Page, orders: number): Promise<Figure> {
  const floor = await longestPause(page, () => emptyFrame(page));
  const measured = await longestPause(page, async () => {
    await page.getByRole('button', { name: /^Excel/ }).click();
    await page.getByRole('status').filter({ hasText: '.xlsx' }).waitFor({ timeout: 120_000 });
  });
  return {
    work: `Excel of ${orders.toLocaleString('en')} orders: longest pause of the page that asked for it`,
    measured,
    unit: 'ms',
    target: 50,
    more_is_better: false,
    floor,
    floor_is: 'the same page at rest',
    note: 'progress shown, file offered for saving',
  };
}
