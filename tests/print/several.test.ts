import { copyFileSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, PDFRef } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Id } from '../../db/kit/columns.ts';
import { orders } from '../../db/schema/orders.ts';
import { approveBom } from '../../main/modules/bom/approval.service.ts';
import { headersOf } from '../../main/modules/bom/bom-rows.service.ts';
import { acknowledgeWarning, bomWarningsOf } from '../../main/modules/bom/warnings.service.ts';
import type { Printers } from '../../main/platform/ports.ts';
import { Refusal } from '../../main/rpc/refusal.ts';
import type { PushEvent } from '../../preload/contract/rpc.ts';
import { opensInOffice } from '../support/office.ts';
import { askJob, signIn, temporaryFolder } from '../support/station.ts';
import {
  buildPrintBundle,
  buildsOfDemo,
  canPrint,
  type DemoStation,
  openDemoStation,
  pageTexts,
  pdfOf,
} from './print-support.ts';

const dist = path.resolve(import.meta.dirname, '../../out/print-several');
let station: DemoStation;
/** The printer of this computer: keeps the titles of what it was given, refuses at the number it is told. */
const paper: { titles: string[]; jams_at: number } = { titles: [], jams_at: 0 };
const office: Printers = {
  list: async () => [{ name: 'Office', is_default: true }],
  async print(html_path, { printer, silent }) {
    if (paper.titles.length + 1 === paper.jams_at)
      throw new Refusal('printer_failed', { printer: 'Office', reason: 'out of paper' });
    const title = /<title>(.*?)<\/title>/.exec(await readFile(html_path, 'utf8'))?.[1];
    paper.titles.push(`${printer} ${silent} ${title}`);
  },
};
const atEnd: (() => void)[] = [];
beforeAll(async () => {
  await buildPrintBundle(dist);
  station = await openDemoStation(dist, putAway => void atEnd.push(putAway), office);
}, 120_000);
afterAll(async () => {
  await station?.close();
  for (const putAway of atEnd) putAway();
});
const planner = () => signIn(station, 'a.roy', 'demo-planner-2026');
const documentsLeft = () =>
  readdirSync(station.folders.work, { recursive: true })
    .map(String)
    .filter(name => name.includes('document-'));

/** Title and page number of every bookmark, as a reader of the file finds them. */
async function bookmarks(file: string): Promise<[string, number][]> {
  const pdf = await PDFDocument.load(await readFile(file));
  const pages = pdf.getPages().map(({ ref }) => String(ref));
  const found: [string, number][] = [];
  const outline = pdf.catalog.lookup(PDFName.of('Outlines'), PDFDict);
  for (let at = outline.get(PDFName.of('First')); at instanceof PDFRef; ) {
    const entry = pdf.context.lookup(at, PDFDict);
    const page = entry.lookup(PDFName.of('Dest'), PDFArray).get(0);
    found.push([
      entry.lookup(PDFName.of('Title'), PDFHexString).decodeText(),
      pages.indexOf(String(page)) + 1,
    ]);
    at = entry.get(PDFName.of('Next'));
  }
  return found;
}

test.runIf(canPrint)(
  'several builds make one file: a bookmark for each, pages numbered by themselves, each record told',
  async () => {
    const chosen = buildsOfDemo(station).slice(-3).reverse();
    const made = await askJob(station, planner(), 'printing.renderSeveral', {
      document: 'work_instructions',
      order_ids: chosen.map(({ order_id }) => order_id),
      language: 'en',
    });
    expect(made).toMatchObject({ builds: 3, left_out: [] });
    expect(made.file_name).toBe('Instructions_3-builds_2026-11-20_0900.pdf');
    const file = path.join(temporaryFolder('pdf-'), 'document.pdf');
    copyFileSync(station.transfers.download(made.ticket)?.path ?? '', file);
    const texts = pageTexts(file);
    expect(texts).toHaveLength(made.pages);
    const marks = await bookmarks(file);
    // By order and build, whatever was ticked first.
    expect(marks.map(([title]) => title)).toEqual(
      chosen.map(b => `${b.order_number} ${b.build_number}`).sort(),
    );
    const ends = [...marks.slice(1).map(([, page]) => page - 1), made.pages];
    for (const [at, [title, from]] of marks.entries()) {
      const own = texts.slice(from - 1, ends[at]);
      expect(own.length).toBeGreaterThan(1);
      for (const [n, text] of own.entries()) {
        expect(text).toContain(`Page ${n + 1} of ${own.length}`);
        expect(text).toContain(title.split(' ')[1]);
      }
    }
    const told = station.readAsSystem(ctx =>
      ctx.sql.all<{ entity_id: string }>("select entity_id from audit_logs where action = 'EXPORT'"),
    );
    expect(told.map(row => row.entity_id).sort()).toEqual(chosen.map(b => b.order_id).sort());
  },
  120_000,
);

test('builds without such a document are left out by name; none at all is refused; the list is not endless', async () => {
  const [build] = buildsOfDemo(station);
  const bare = station.asSystem('test.order', ctx => {
    const place = ctx.sql.get<{ plant_id: Id<'plants'> }>('select plant_id from orders where id = ?', [
      build?.order_id ?? '',
    ]);
    return ctx.insert(orders, {
      plant_id: place?.plant_id ?? ('' as Id<'plants'>),
      order_kind: 'CUSTOMER_BUILD',
      order_number: 'PO-BARE',
      build_number: 'BUILD-001',
      customer_name: 'Nobody yet',
      order_status: 'ORDER_CREATED',
      configuration: {},
    });
  });
  const several = (order_ids: unknown[]) =>
    station.runJob(planner(), 'printing.renderSeveral', { document: 'bom_tree', order_ids });
  expect(await several([bare.id])).toMatchObject({ ok: false, error: { code: 'bom_missing' } });
  expect(await several(Array(101).fill(bare.id))).toMatchObject({
    ok: false,
    error: { code: 'invalid_input' },
  });
  if (!canPrint) return;
  expect(await several([bare.id, build?.order_id])).toMatchObject({
    ok: true,
    value: {
      builds: 1,
      left_out: [{ order_number: 'PO-BARE', build_number: 'BUILD-001', code: 'bom_missing' }],
    },
  });
}, 120_000);

test.runIf(canPrint)(
  'given up between two builds, nothing is left and nothing is told',
  async () => {
    const count = () =>
      station.readAsSystem(ctx => ctx.sql.all("select 1 from audit_logs where action = 'EXPORT'").length);
    const before = count();
    const ended = Promise.withResolvers<PushEvent>();
    const stopListening = station.onPush(event => {
      if (event.kind !== 'job') return;
      if (event.state !== 'running') ended.resolve(event);
      else if (event.phase === 'printing' && event.done === 1) station.cancelJob(planner(), event.job_id);
    });
    const order_ids = buildsOfDemo(station)
      .slice(-3)
      .map(({ order_id }) => order_id);
    expect(station.serve(planner(), 'printing.renderSeveral', { document: 'bom_tree', order_ids }).ok).toBe(
      true,
    );
    expect(await ended.promise).toMatchObject({ state: 'failed', error: { code: 'job_cancelled' } });
    stopListening();
    expect(count()).toBe(before);
    expect(documentsLeft()).toEqual([]);
  },
  60_000,
);

test.runIf(canPrint)(
  'builds picked together are one list: places in walking order, what each build needs, a box to tick',
  async () => {
    const order_ids = buildsOfDemo(station)
      .slice(0, 2)
      .map(({ order_id }) => order_id);
    station.asSystem('test.approve', ctx => {
      for (const order_id of order_ids) {
        const [bom] = headersOf(ctx, order_id);
        if (!bom) throw new Error('the build has no BOM');
        for (const { rule, place } of bomWarningsOf(ctx, bom).warnings)
          acknowledgeWarning(ctx, { bom_id: bom.bom_id, rule, place });
        const { row_version } = headersOf(ctx, order_id)[0] ?? bom;
        approveBom(ctx, { bom_id: bom.bom_id, expected_version: row_version });
      }
    });
    const { file, file_name } = await pdfOf(station, 'pick_list', { order_ids }, { language: 'fr' });
    opensInOffice([file]);
    expect(file_name).toContain('_x2_');
    const text = pageTexts(file).join('\n');
    expect(text).toContain('Liste de prélèvement');
    expect(text).toContain('MW-F-203.V01');
    const places = ['Hall 1, rack E: electrical', 'Hall 1, rack F: fasteners', 'Hall 2, heavy parts'];
    const at = [...places, 'Sans emplacement'].map(place => text.indexOf(place));
    expect(at.every(position => position > 0)).toBe(true);
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    // Both are builds of one order: its number stands above, not beside every share.
    for (const { build_number } of buildsOfDemo(station).slice(0, 2))
      expect(text).toContain(`${build_number}: `);
  },
  120_000,
);

const recordedPrints = () =>
  station.readAsSystem(ctx =>
    ctx.sql.all<{ entity_id: string }>(
      "select entity_id from audit_logs where action = 'PRINT' order by chain_no",
    ),
  );
const printed = (order_ids: unknown[], more = {}) =>
  station.runJob(planner(), 'printing.printSeveral', {
    document: 'bom_aggregated',
    order_ids,
    printer: 'Office',
    language: 'en',
    ...more,
  });

test('several builds go to a printer one after the other; where it stops is said, and what came out before is recorded', async () => {
  const chosen = buildsOfDemo(station).slice(0, 3);
  const ids = chosen.map(({ order_id }) => order_id);
  // Files of the tests before, offered and not fetched.
  const offered = documentsLeft();
  Object.assign(paper, { titles: [], jams_at: 0 });
  expect(await printed([...ids].reverse())).toMatchObject({
    ok: true,
    value: { builds: 3, left_out: [], stopped: null },
  });
  expect(paper.titles).toEqual(
    chosen.map(build => `Office true Bill of materials, totals ${build.build_number}`),
  );
  expect(recordedPrints().map(row => row.entity_id)).toEqual(ids);

  // Out of paper at the second one.
  Object.assign(paper, { titles: [], jams_at: 2 });
  expect(await printed(ids)).toMatchObject({
    ok: true,
    value: {
      builds: 1,
      stopped: {
        build_number: chosen[1]?.build_number,
        code: 'printer_failed',
        details: { reason: 'out of paper' },
      },
    },
  });
  expect(paper.titles).toHaveLength(1);
  expect(recordedPrints().map(row => row.entity_id)).toEqual([...ids, ids[0]]);

  // Nothing came out: a refusal, and nothing is told to have been printed.
  Object.assign(paper, { titles: [], jams_at: 1 });
  expect(await printed(ids)).toMatchObject({ ok: false, error: { code: 'printer_failed' } });
  expect(await printed(ids, { printer: 'Nowhere' })).toMatchObject({
    ok: false,
    error: { code: 'printer_missing' },
  });
  expect(recordedPrints()).toHaveLength(4);
  expect(documentsLeft()).toEqual(offered);
}, 60_000);
