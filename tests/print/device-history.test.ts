import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { beforeAll, expect, test } from 'vitest';
import { programFolders } from '../../main/compose.ts';
import { checkRecord, RECORD_FORMAT } from '../../main/modules/printing/record-check.rules.ts';
import { sealRecord } from '../../main/platform/sealed-record.ts';
import type { Paper, TextLanguage } from '../../preload/contract/document-data.ts';
import type { HistoryRecord } from '../../preload/contract/history-record.ts';
import type { PlanType } from '../../preload/contract/inspection.ts';
import { lifeOf } from '../modules/fulfilment/life-support.ts';
import { twoBasins } from '../modules/orders/order-support.ts';
import { ask, askJob, temporaryFolder } from '../support/station.ts';
import { buildPrintBundle, canPrint, engine, pageTexts, pdfFacts, pdfOf } from './print-support.ts';

const root = path.resolve(import.meta.dirname, '../..');
const dist = path.join(root, 'out/print-record');
beforeAll(async () => {
  if (canPrint) await buildPrintBundle(dist);
  await build({
    root,
    configFile: path.join(root, 'vite.verify.config.ts'),
    logLevel: 'error',
    build: { outDir: path.join(dist, 'verify') },
  });
}, 120_000);

/** A build that was rejected once, sent back, made, tested, packed, released and shipped, with labels and a batch. */
async function shippedBuild() {
  const life = lifeOf(twoBasins, { pdf: engine, folders: { ...programFolders(), dist } });
  const { station, order_id, as } = life;
  const later = () => station.clock.forward(60_000);
  life.approveAndSend();
  life.bodyArrived();
  life.signed('PRE_QC', 'FAIL', { P07: { measured_text: 'NO', note: 'Width is 29 inches' } });
  later();
  life.signed('PRE_QC');
  later();
  life.move('QC_INSPECTOR', 'T4');
  life.claim();
  ask(station, as('OPERATOR'), 'traceability.captureBatch', {
    order_id,
    material_number: life.bom().rows.find(row => row.level === 0)?.item_id ?? '',
    basin_index: null,
    batch_number: 'LOT-2026-11',
  });
  const { printer_id } = ask(station, as('ORG_ADMIN'), 'logistics.savePrinter', {
    printer_name: 'Spooler',
    printer_kind: 'FOLDER',
    folder: temporaryFolder('labels-'),
    density_dpi: 203,
    media_width_mm: 101.6,
    media_height_mm: 152.4,
  } as never);
  ask(station, as('ORG_ADMIN'), 'logistics.saveRoute', {
    prints: 'BUILD_FRONT',
    printer_id: printer_id as never,
    fallback_printer_id: null,
    template_code: null,
    copies: 1,
    is_verified: false,
  });
  ask(station, as('PLANNER'), 'logistics.printLabels', {
    label_type: 'BUILD_FRONT',
    subject: { order_id },
  });
  life.toTested();
  later();
  life.toFinalQc();
  later();
  life.toShipped();
  await expect.poll(() => count(station, 'barcode_labels', 'entity_id', order_id)).toBe(1);
  return life;
}
type Life = Awaited<ReturnType<typeof shippedBuild>>;
const count = (station: Life['station'], table: string, column: string, id: string): number =>
  station.readAsSystem(ctx =>
    ctx.sql.get<{ n: number }>(`select count(*) as n from ${table} where ${column} = ?`, [id]),
  )?.n ?? 0;
const TABLES = {
  workflow_history: 'entity_id',
  serial_numbers: 'order_id',
  ncrs: 'order_id',
  shipments: 'order_id',
};

async function recordText({ station, order_id, as }: Life): Promise<{ text: string; record_sha256: string }> {
  const made = await askJob(station, as('PLANNER'), 'printing.historyRecord', { order_id });
  const file = station.transfers.download(made.ticket)?.path ?? '';
  return { text: readFileSync(file, 'utf8'), record_sha256: made.record_sha256 };
}
async function printed({ station, order_id }: Life, look: { paper: Paper; language?: TextLanguage }) {
  const { file, pages } = await pdfOf(station, 'device_history_record', { order_id }, look);
  // Column by column, so that a number over two lines of its cell stays together.
  const raw = execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8', maxBuffer: 64_000_000 });
  return { ...pdfFacts(file), pages, texts: pageTexts(file), words: bare(raw), bookmarks: bookmarksOf(file) };
}
const bare = (text: string): string => text.replace(/[\s\u00AD-]+/g, '');
/** Titles of the outline. */
function bookmarksOf(file: string): string[] {
  const xml = execFileSync('pdftohtml', ['-xml', '-i', '-stdout', file], {
    encoding: 'utf8',
    maxBuffer: 64_000_000,
  });
  return [...xml.matchAll(/<item page="\d+">([^<]*)<\/item>/g)].map(([, title = '']) => title);
}

/** What the build left: it takes long to make and is the same for every test. */
async function made() {
  const life = await shippedBuild();
  const { station, order_id } = life;
  const record = await recordText(life);
  const rows = Object.fromEntries(
    Object.entries(TABLES).map(([table, column]) => [table, count(station, table, column, order_id)]),
  );
  const paper = canPrint && {
    a4: await printed(life, { paper: 'A4' }),
    letter: await printed(life, { paper: 'LETTER', language: 'fr' }),
  };
  station.clock.forward(3_600_000);
  const again = await recordText(life);
  return { ...record, content: contentOf(record.text), again, rows, paper, station_id: station.station_id };
}
let held: ReturnType<typeof made> | null = null;
const theRecord = (): ReturnType<typeof made> => {
  held ??= made();
  return held;
};
const contentOf = (text: string): HistoryRecord => JSON.parse(text).content;
const SIGNED_TYPES: PlanType[] = ['PRE_QC', 'PRE_QC', 'IN_PROCESS', 'TEST', 'PACKAGING', 'FINAL_QC'];
const LONG = { timeout: 180_000 };

test('the record of a shipped build as data holds every row of the database and verifies', LONG, async () => {
  const { text, record_sha256, content, again, rows, station_id } = await theRecord();
  expect(checkRecord(text)).toMatchObject({ is_whole: true, signatures: 6, record_sha256, faults: [] });
  expect(content.verification).toEqual({ signatures: 6, findings: [] });
  expect(content.forms.map(form => form.plan_type)).toEqual(SIGNED_TYPES);
  expect(content.timeline.length).toBe(rows.workflow_history);
  expect(content.timeline.every(event => event.station_id === station_id)).toBe(true);
  const serials = content.bom.rows.flatMap(row => row.serials);
  expect(serials.length).toBe(rows.serial_numbers);
  expect(serials.length).toBeGreaterThan(0);
  expect(content.bom.rows.flatMap(row => row.batches).map(batch => batch.number)).toEqual(['LOT-2026-11']);
  expect(content.issues.length).toBe(rows.ncrs);
  expect(content.issues[0]).toMatchObject({ ncr_type: 'PRE_QC_REJECTION', status: 'RESOLVED' });
  expect(content.work.length).toBeGreaterThan(5);
  expect(content.work.filter(task => task.completed === null)).toEqual([]);
  expect(content.labels.map(label => label.label_type)).toEqual(['BUILD_FRONT']);
  expect(content.documents.map(file => file.role)).toContain('TECHNICAL_DRAWING');
  expect(content.shipments.length).toBe(rows.shipments);
  expect(content.shipments.at(-1)).toMatchObject({ shipment_type: 'OUTBOUND', tracking_number: 'PX-77' });
  expect(content.identity).toMatchObject({
    quantity_made: 1,
    quantity_released: 1,
    order_status: 'SHIPPED',
  });
  // The same record made again an hour later is the same record in another file.
  expect(again.record_sha256).toBe(record_sha256);
  expect(again.text).not.toBe(text);
});

test('whatever is changed in the file is named by its place, by the verifier alone', LONG, async () => {
  const { text, content } = await theRecord();
  const first = (changed: string) => checkRecord(changed).faults[0];
  const name = content.identity.customer_name;
  const other = text.replaceAll(`"customer_name":"${name}"`, `"customer_name":"${name}x"`);
  expect(first(other)).toMatchObject({ kind: 'changed', where: '/identity/customer_name' });
  expect(first(text.replace('"measured_text":"NO"', '"measured_text":"YES"'))?.where).toMatch(
    /^\/forms\/0\/signature\/content\/answers\/P07/,
  );
  expect(first(text.replace('{"bom"', '{"aside":1,"bom"'))).toMatchObject({ kind: 'added', where: '/aside' });
  expect(first(text.replace('"made":{"at":"2026', '"made":{"at":"2027'))?.kind).toBe('file_hash_differs');
  expect(first(text.replace('{"content":', '{ "content":'))).toMatchObject({
    kind: 'bytes_differ',
    where: 'line 1, column 2',
  });
  expect(first(`\uFEFF${text}`)?.kind).toBe('not_json');
  expect(first(text.slice(0, -20))?.kind).toBe('not_json');
  expect(first('{}')?.kind).toBe('not_a_record');
  // Somebody who makes every hash of the file anew still does not have the hash of the signature.
  const forged: HistoryRecord = structuredClone(content);
  Object.assign(forged.forms[0]?.signature ?? {}, { signer_name: 'Somebody Else' });
  expect(checkRecord(sealRecord(RECORD_FORMAT, forged, {})).faults).toMatchObject([
    { kind: 'signature_differs', where: '/forms/0/signature' },
  ]);

  const folder = temporaryFolder('verify-');
  const verifier = path.join(folder, 'verify-record.mjs');
  copyFileSync(path.join(dist, 'verify/verify-record.mjs'), verifier);
  const run = (given: string) => {
    const file = path.join(folder, 'record.json');
    writeFileSync(file, given);
    return spawnSync(path.join(root, 'node_modules/node/bin/node'), [verifier, file], {
      cwd: folder,
      encoding: 'utf8',
    });
  };
  expect(run(text)).toMatchObject({ status: 0, stderr: '' });
  expect(run(other)).toMatchObject({ status: 1, stderr: 'changed: /identity/customer_name (changed)\n' });
});

test('a changed byte is found wherever it is', LONG, async () => {
  const { text } = await theRecord();
  const step = Math.floor(text.length / 16);
  for (let at = 7; at < text.length; at += step) {
    const other = text[at] === '1' ? '2' : '1';
    const { is_whole, faults } = checkRecord(`${text.slice(0, at)}${other}${text.slice(at + 1)}`);
    expect([is_whole, faults[0]?.where !== undefined], `byte ${at}`).toEqual([false, true]);
  }
});

test.runIf(canPrint)(
  'on paper: every chapter and form with a bookmark, all numbers, the hash of the data, on A4 and Letter',
  LONG,
  async () => {
    const { paper, content, record_sha256 } = await theRecord();
    if (!paper) throw new Error('not printed');
    const { pages, texts, words, bookmarks } = paper.a4;
    expect(texts.length).toBe(pages);
    for (const [at, page] of texts.entries()) {
      expect(page).toContain(`Page ${at + 1} of ${pages}`);
      expect(page).toContain('MW-F-405.V01');
      expect(page).toContain('BUILD-001');
    }
    const numbers = [
      record_sha256,
      ...content.forms.flatMap(form => [form.form, String(form.signature?.signature_sha256)]),
      ...content.bom.rows.flatMap(row => [
        row.item_id,
        ...[...row.serials, ...row.batches].map(n => n.number),
      ]),
      ...content.work.map(task => task.task_code),
      ...content.issues.map(issue => issue.ncr_number),
      ...content.documents.map(document => document.sha256),
      'PX-77',
    ];
    expect(numbers.filter(number => !words.includes(bare(number)))).toEqual([]);
    expect(bookmarks).toEqual(
      expect.arrayContaining(['1 Configuration', '2 Bill of materials as built', '10 Hashes and signers']),
    );
    expect(bookmarks.filter(title => /^4\.\d /.test(title)).length).toBe(SIGNED_TYPES.length);
    expect(paper.letter.page_size).toContain('letter');
    expect(paper.letter.texts.join('\n')).toContain('Dossier historique du dispositif');
    expect(paper.letter.bookmarks).toContain('9 Chronologie');
  },
);
