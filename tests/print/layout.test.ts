import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { chromiumEngine, findChromiumEngine } from '../../main/printing/chromium-engine.ts';
import type { BomTreeData } from '../../preload/contract/document-data.ts';
import { temporaryFolder } from '../support/station.ts';
import { buildPrintBundle, canPrint, engine, pageTexts } from './print-support.ts';

const dist = path.resolve(import.meta.dirname, '../../out/print-layout-test');
type Render = (name: string, data: unknown, look: { language: string; paper: string }) => string;
let render: Render = () => '';
beforeAll(async () => {
  if (!canPrint) return;
  await buildPrintBundle(dist);
  ({ renderDocument: render } = await import(pathToFileURL(path.join(dist, 'print/print.js')).href));
}, 120_000);

const BUILD = 'FABRICATION-ÉVIER-Ø-0001-中文-very-long-number-50';
const CUSTOMER = 'Hôpital du Saint-Sacrement « Été » – Ñandú & Søn <b>"quoted"</b> \\ end';
function bomOf(rows: number): BomTreeData {
  const id = '019a0000-0000-7000-8000-000000000001';
  return {
    frame: {
      form_id: 'MW-F-201',
      form_version: 'V01',
      organization_name: CUSTOMER,
      plant_name: 'Trois-Rivières',
      order_number: 'PO-"7"\\</style><script>',
      build_number: BUILD,
      printed_at: '2026-11-20 09:00 America/Toronto',
      printed_by: 'Zoë Ağaoğlu',
    },
    header: {
      bom_id: id as never,
      bom_number: 'X',
      bom_version: 1,
      status: 'APPROVED',
      row_version: 1,
      order_id: id as never,
      order_number: 'PO-7',
      build_number: BUILD,
      customer_name: CUSTOMER,
      order_status: 'ORDER_CREATED',
      configuration_revision: 1,
      created_at_ms: 0,
      created_by_name: 'A',
      approved_at_ms: 0,
      approved_by_name: 'Zoë',
      exported_at_ms: null,
    },
    approved_at: '2026-11-20 08:00',
    group_labels: { LEGS: { en: 'Legs', fr: 'Pattes', es: 'Patas' } },
    totals: {
      rows,
      top_level_lines: 1,
      distinct_parts: rows,
      distinct_assemblies: 0,
      max_level: 3,
      distinct_leaves: rows,
      total_leaf_quantity_e6: 2_500_000,
    },
    rows: Array.from({ length: rows }, (_, i) => ({
      level: i % 4,
      item_id: `ITEM-${String(i + 1).padStart(4, '0')}-X`,
      name: `Begin${i + 1}x ${'a rather long name that needs several lines of its cell '.repeat(3)}end${i + 1}x`,
      item_type: 'PART' as const,
      group: 'LEGS',
      quantity_e6: 2_500_000,
      total_quantity_e6: 1_234_567_890_000,
      uom_code: 'FT',
      notes: '',
      manufacturer_name: 'Ägir',
      manufacturer_part_number: '711.100',
      has_components: false,
    })),
  };
}
async function printed(data: BomTreeData, look: { language: string; paper: string }): Promise<string> {
  const stem = path.join(temporaryFolder('layout-'), 'page');
  writeFileSync(`${stem}.html`, render('bom_tree', data, look));
  await engine?.print(`${stem}.html`, `${stem}.pdf`);
  return `${stem}.pdf`;
}

test.runIf(canPrint)(
  '300 lines: heads on every page, no row split, every row there once, in order',
  { timeout: 120_000 },
  async () => {
    for (const look of [
      { language: 'en', paper: 'LETTER', head: 'Manufacturer' },
      { language: 'fr', paper: 'A4', head: 'Fabricant' },
    ]) {
      const file = await printed(bomOf(300), look);
      const pages = pageTexts(file);
      expect(pages.length).toBeGreaterThan(10);
      expect(pages.filter(text => !text.includes(look.head))).toEqual([]);
      const ids = pages.flatMap(text => [...text.matchAll(/ITEM-(\d{4})-X/g)].map(m => Number(m[1])));
      expect(ids).toEqual(Array.from({ length: 300 }, (_, i) => i + 1));
      const numbersOf = (text: string, word: string) =>
        [...text.matchAll(new RegExp(`${word}(\\d+)x`, 'g'))].map(m => m[1]);
      // A row whose beginning is on one page and whose end on the next was split.
      for (const text of pages) expect(numbersOf(text, 'end')).toEqual(numbersOf(text, 'Begin'));
    }
  },
);

test.runIf(canPrint)(
  'long names and any script survive, markup in data stays text',
  { timeout: 60_000 },
  async () => {
    const file = await printed(bomOf(3), { language: 'es', paper: 'A4' });
    const text = execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' }).replace(/\s+/g, ' ');
    expect(text).toContain('Hôpital du Saint-Sacrement « Été » – Ñandú & Søn <b>"quoted"</b> \\ end');
    expect(text.replaceAll(' ', '')).toContain('PO-"7"\\</style><script>');
    expect(text).toMatch(/Página 1 de \d/);
    expect(text).toContain('Zoë Ağaoğlu');
    expect(text).toContain('2.5');
    expect(text).toContain('1,234,567.89');
  },
);

test.runIf(canPrint)(
  'nothing is printed smaller than 10 points or nearer than 12 mm to the edge',
  { timeout: 60_000 },
  async () => {
    const file = await printed(bomOf(60), { language: 'fr', paper: 'A4' });
    const xml = execFileSync('pdftotext', ['-bbox-layout', '-l', '1', file, '-'], { encoding: 'utf8' });
    const width = Number(/<page width="([\d.]+)"/.exec(xml)?.[1]);
    const height = Number(/<page width="[\d.]+" height="([\d.]+)"/.exec(xml)?.[1]);
    const words = [
      ...xml.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">/g),
    ].map(m => m.slice(1).map(Number));
    const margin = (12 / 25.4) * 72;
    expect(words.length).toBeGreaterThan(100);
    for (const [left = 0, top = 0, right = 0, bottom = 0] of words) {
      expect(left).toBeGreaterThanOrEqual(margin);
      expect(width - right).toBeGreaterThanOrEqual(margin);
      expect(top).toBeGreaterThanOrEqual(margin);
      expect(height - bottom).toBeGreaterThanOrEqual(margin);
      // The box of a word is a little higher than its size in points.
      expect(bottom - top).toBeGreaterThanOrEqual(10);
    }
  },
);

test('a named browser that is not there is no engine, and a failing one is refused with its reason', async () => {
  expect(findChromiumEngine({ env: { CHROMIUM_PATH: '/nowhere/chromium' } })).toBeNull();
  expect(findChromiumEngine({ platform: 'linux', env: { PATH: '/nowhere' } })?.name ?? 'none').toMatch(
    /^(chromium|google-chrome|microsoft-edge|none)/,
  );
  const folder = temporaryFolder();
  await expect(
    chromiumEngine('/bin/false').print(path.join(folder, 'a.html'), path.join(folder, 'a.pdf')),
  ).rejects.toMatchObject({ code: 'pdf_failed' });
});
