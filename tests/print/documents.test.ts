import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  BarcodeFormat,
  BinaryBitmap,
  DecodeHintType,
  HybridBinarizer,
  MultiFormatReader,
  RGBLuminanceSource,
} from '@zxing/library';
import { beforeAll, expect, test } from 'vitest';
import type { DocumentName } from '../../preload/contract/document-data.ts';
import { hasOffice, opensInOffice } from '../support/office.ts';
import { temporaryFolder } from '../support/station.ts';
import {
  buildPrintBundle,
  buildsOfDemo,
  canPrint,
  type DemoBuild,
  demoStation,
  pageTexts,
  pdfFacts,
  pdfOf,
} from './print-support.ts';

const dist = path.resolve(import.meta.dirname, '../../out/print-test');
beforeAll(() => (canPrint ? buildPrintBundle(dist) : undefined), 120_000);

const FORMS: Record<DocumentName, string> = {
  order_confirmation: 'MW-F-101.V01',
  bom_tree: 'MW-F-201.V01',
  bom_aggregated: 'MW-F-202.V01',
  pick_list: 'MW-F-203.V01',
  work_instructions: 'MW-F-301.V01',
  qc_form: 'CLP.T2.001/1.V01',
  test_report: 'CLT.T2.001.V01',
  qc_certificate: 'MW-F-403.V01',
  packing_list: 'MW-F-404.V01',
  device_history_record: 'MW-F-405.V01',
};
const first = (builds: DemoBuild[], language: DemoBuild['document_language']): DemoBuild => {
  const found = builds.find(build => build.document_language === language);
  if (!found) throw new Error(`the demo plant has no order in ${language}`);
  return found;
};

/** Height and width of a grey page, and what a decoder reads on it. */
function decoded(file: string, page: number): string {
  const folder = temporaryFolder('qr-');
  execFileSync('pdftoppm', [
    '-r',
    '150',
    '-gray',
    '-f',
    String(page),
    '-l',
    String(page),
    file,
    path.join(folder, 'page'),
  ]);
  const name = execFileSync('ls', [folder], { encoding: 'utf8' }).trim();
  const pgm = readFileSync(path.join(folder, name));
  const head = /^P5\s(\d+)\s(\d+)\s255\s/.exec(pgm.subarray(0, 40).toString('latin1'));
  const [whole = '', width = '0', height = '0'] = head ?? [];
  const grey = new Uint8ClampedArray(pgm.subarray(whole.length));
  const source = new RGBLuminanceSource(grey, Number(width), Number(height));
  const hints = new Map<DecodeHintType, unknown>([
    [DecodeHintType.TRY_HARDER, true],
    [DecodeHintType.POSSIBLE_FORMATS, [BarcodeFormat.QR_CODE]],
  ]);
  return new MultiFormatReader().decode(new BinaryBitmap(new HybridBinarizer(source)), hints).getText();
}

test.runIf(canPrint)(
  'every page says page n of m, form, order, build and print time, in the language of the order',
  { timeout: 240_000 },
  async () => {
    const station = await demoStation(dist);
    const builds = buildsOfDemo(station);
    const words = { EN: 'Page {n} of {m}', FR: 'Page {n} de {m}', SP: 'Página {n} de {m}' };
    const cases = [
      ['EN', 'bom_tree'],
      ['FR', 'work_instructions'],
      ['SP', 'bom_aggregated'],
    ] as const;
    for (const [language, document] of cases) {
      const build = first(builds, language);
      const { file, pages } = await pdfOf(station, document, { order_id: build.order_id });
      const texts = pageTexts(file);
      expect(texts.length).toBe(pages);
      expect(pdfFacts(file).pages).toBe(pages);
      texts.forEach((text, i) => {
        expect(text).toContain(words[language].replace('{n}', String(i + 1)).replace('{m}', String(pages)));
        expect(text).toContain(FORMS[document]);
        expect(text).toContain(build.order_number);
        expect(text).toContain(build.build_number);
        expect(text).toContain('2026-11-20 09:00 America/Toronto');
      });
    }
  },
);

test.runIf(canPrint && hasOffice)(
  'LibreOffice opens every document of an order',
  { timeout: 240_000 },
  async () => {
    const station = await demoStation(dist);
    const { order_id, order_number } = first(buildsOfDemo(station), 'FR');
    const files = [(await pdfOf(station, 'order_confirmation', { order_number })).file];
    for (const document of ['bom_tree', 'bom_aggregated', 'work_instructions'] as const)
      files.push((await pdfOf(station, document, { order_id })).file);
    opensInOffice(files);
  },
);

test.runIf(canPrint)(
  'the paper is what was asked for, and the font travels in the file',
  { timeout: 120_000 },
  async () => {
    const station = await demoStation(dist);
    const { order_id, order_number } = first(buildsOfDemo(station), 'EN');
    const letter = pdfFacts(
      (await pdfOf(station, 'work_instructions', { order_id }, { paper: 'LETTER' })).file,
    );
    const a4 = pdfFacts((await pdfOf(station, 'work_instructions', { order_id }, { paper: 'A4' })).file);
    const wide = pdfFacts((await pdfOf(station, 'bom_tree', { order_id }, { paper: 'A4' })).file);
    const confirmation = await pdfOf(station, 'order_confirmation', { order_number }, { language: 'fr' });
    expect(letter.page_size).toBe('612 x 792 pts (letter)');
    expect(a4.page_size).toMatch(/\(A4\)$/);
    expect(wide.page_size).toMatch(/^84\d.* x 59\d/);
    const fonts = letter.fonts
      .split('\n')
      .slice(2)
      .filter(line => line !== '');
    expect(fonts.length).toBeGreaterThan(0);
    expect(fonts.filter(line => !/\byes\b/.test(line))).toEqual([]);
    // Real outlines, hinted and searchable; a variable font would come out as drawn shapes (Type 3).
    expect(fonts.filter(line => !/TrueType|Type 0C|Type 1C/.test(line))).toEqual([]);
    for (const weight of ['Regular', 'SemiBold', 'Bold']) expect(letter.fonts).toContain(`Inter-${weight}`);
    expect(pageTexts(confirmation.file)[0]).toContain('Confirmation de commande');
  },
);

test.runIf(canPrint)(
  'the QR code of the traveller reads back as the order and the build, in grey',
  { timeout: 60_000 },
  async () => {
    const station = await demoStation(dist);
    const { order_id, order_number, build_number } = first(buildsOfDemo(station), 'EN');
    const { file } = await pdfOf(station, 'work_instructions', { order_id });
    expect(decoded(file, 1)).toBe(`${order_number}/${build_number}`);
  },
);

test.runIf(canPrint)(
  'the pack shows every task, its steps and its safety notes, and room to sign',
  { timeout: 60_000 },
  async () => {
    const station = await demoStation(dist);
    const { order_id } = first(buildsOfDemo(station), 'EN');
    const reply = await station.callAsSystem('production.tasks', { order_id });
    if (!reply.ok) throw new Error(reply.error.code);
    const { tasks } = reply.value as {
      tasks: {
        task_code: string;
        steps: { description: { en: string }; safety_notes: { en: string } | null }[];
      }[];
    };
    const { file } = await pdfOf(station, 'work_instructions', { order_id });
    const plain = (text: string) => text.replace(/\s+/g, '');
    const text = plain(execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' }));
    const missing = tasks.flatMap(task => [
      ...(text.includes(plain(task.task_code)) ? [] : [task.task_code]),
      ...task.steps
        .flatMap(step => [step.description.en, step.safety_notes?.en ?? ''])
        .filter(words => !hasStart(text, plain(words))),
    ]);
    expect(tasks.length).toBeGreaterThan(20);
    expect(missing).toEqual([]);
    expect(text).toContain('Assembledasinstructed');
    expect(text).toContain('Releasedforproduction');
  },
);
/** The words up to the first character whose shape a PDF may spell differently. */
const hasStart = (text: string, words: string): boolean =>
  text.includes(/^[\x20-\x7e]*/.exec(words)?.[0].slice(0, 40) ?? '');

test.runIf(canPrint)(
  'leaving the house is recorded with form and file, a look only as read',
  { timeout: 60_000 },
  async () => {
    const station = await demoStation(dist);
    const { order_id } = first(buildsOfDemo(station), 'EN');
    const exported = () =>
      station.readAsSystem(
        ctx =>
          ctx.sql.get<{ at: number | null }>(
            'select max(exported_at_ms) as at from bom_headers where order_id = ?',
            [order_id],
          )?.at,
      );
    const records = () =>
      station.readAsSystem(ctx =>
        ctx.sql.all<{ action: string; metadata: string }>(
          "select action, metadata from audit_logs where action_category = 'documents' order by chain_no",
        ),
      );
    await station.callAsSystem('printing.renderPdf', {
      document: 'bom_tree',
      params: { order_id },
      purpose: 'preview',
    });
    expect(exported()).toBeNull();
    await station.callAsSystem('printing.renderPdf', { document: 'bom_tree', params: { order_id } });
    expect(exported()).toBe(Date.UTC(2026, 10, 20, 14));
    const seen = records();
    expect(seen.map(r => r.action)).toEqual(['READ', 'EXPORT']);
    expect(JSON.parse(seen[1]?.metadata ?? '{}')).toMatchObject({
      document: 'bom_tree',
      form: 'MW-F-201.V01',
    });
  },
);
