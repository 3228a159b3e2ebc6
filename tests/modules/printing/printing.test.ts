import { existsSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { roles } from '../../../db/schema/identity.ts';
import { compose, programFolders } from '../../../main/compose.ts';
import { installDemoPlant } from '../../../main/demo-plant.ts';
import { modelLabel } from '../../../main/modules/printing/model-label.rules.ts';
import { silentLog } from '../../../main/platform/log.ts';
import type { PdfEngine, Printers } from '../../../main/platform/ports.ts';
import { buildPrintBundle, buildsOfDemo } from '../../print/print-support.ts';
import {
  ask,
  askJob,
  countedIds,
  refusalOf,
  signIn,
  temporaryFolder,
  testClock,
} from '../../support/station.ts';
import { smallBuild } from '../catalogue/product-model-support.ts';

const dist = path.resolve(import.meta.dirname, '../../../out/printing-test');
beforeAll(() => buildPrintBundle(dist), 120_000);

/** The demo plant at a station with the given outside: engine, printers, built parts. */
async function plant(outside: { pdf?: PdfEngine | null; printers?: Printers | null; dist?: string } = {}) {
  const { dist: parts = dist, ...ports } = outside;
  const folders = { ...programFolders(), dist: parts };
  const station = compose({
    data_folder: temporaryFolder(),
    clock: testClock(),
    ids: countedIds(),
    log: silentLog,
    check_outputs: true,
    folders,
    ...ports,
  });
  onTestFinished(() => station.close());
  await installDemoPlant(station);
  const [build] = buildsOfDemo(station);
  if (!build) throw new Error('the demo plant has no build');
  return { station, build, planner: signIn(station, 'a.roy', 'demo-planner-2026') };
}
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'accepted',
    error => error.name,
  );

test('of a build every document is offered, of an order its confirmation', async () => {
  const { station, build, planner } = await plant();
  const names = (params: object) =>
    ask(station, planner, 'printing.documents', { params }).documents.map(d => `${d.document} ${d.form_id}`);
  expect(names({ order_id: build.order_id })).toEqual([
    'order_confirmation MW-F-101',
    'bom_tree MW-F-201',
    'bom_aggregated MW-F-202',
    'work_instructions MW-F-301',
    'device_history_record MW-F-405',
  ]);
  expect(names({ order_number: build.order_number })).toEqual(['order_confirmation MW-F-101']);
  expect(refusalOf(station, planner, 'printing.documents', { params: {} })).toBe('document_params_missing');
  expect(refusalOf(station, planner, 'printing.documents', { params: { order_number: 'NO-SUCH' } })).toBe(
    'order_number_unknown',
  );
});

test('the preview holds the data of the document, in the language and on the paper it would be printed with', async () => {
  const { station, build, planner } = await plant();
  const preview = ask(station, planner, 'printing.preview', {
    document: 'work_instructions',
    params: { order_id: build.order_id },
  });
  expect(preview).toMatchObject({
    paper: 'LETTER',
    language: 'en',
    form_id: 'MW-F-301',
    form_version: 'V01',
  });
  expect(preview.file_name).toBe(
    `Instructions_${build.order_number}-${build.build_number}_2026-11-20_0900.pdf`,
  );
  const { content } = preview;
  if (content.document !== 'work_instructions') throw new Error(content.document);
  expect(content.data.qr_text).toBe(`${build.order_number}/${build.build_number}`);
  expect(content.data.frame.printed_by).toBe('Amélie Roy');
  expect(content.data.tasks.filter(task => task.parts.length > 0).length).toBeGreaterThan(10);
  expect(content.data.total_minutes).toBe(
    content.data.tasks.reduce((sum, task) => sum + task.estimated_minutes, 0),
  );
  const french = buildsOfDemo(station).find(b => b.document_language === 'FR');
  const other = ask(station, planner, 'printing.preview', {
    document: 'bom_tree',
    params: { order_id: french?.order_id },
  });
  expect(other.language).toBe('fr');
});

test('without engine, printer or built layouts the refusal says which', async () => {
  const { station, build, planner } = await plant({ pdf: null, printers: null });
  const wanted = { document: 'bom_tree' as const, params: { order_id: build.order_id } };
  expect(await codeOf(askJob(station, planner, 'printing.renderPdf', wanted))).toBe('pdf_engine_missing');
  expect(await codeOf(askJob(station, planner, 'printing.print', wanted))).toBe('printer_missing');
  expect(await askJob(station, planner, 'printing.printers', {})).toEqual({
    available: false,
    pdf_engine: null,
    printers: [],
  });
  const bare = await plant({ dist: temporaryFolder() });
  expect(
    await codeOf(
      askJob(bare.station, bare.planner, 'printing.renderPdf', {
        document: 'bom_tree',
        params: { order_id: bare.build.order_id },
      }),
    ),
  ).toBe('print_parts_missing');
});

test('a printer gets the finished document once and the print is recorded; an unknown printer is refused', async () => {
  const sent: string[] = [];
  const printers: Printers = {
    list: async () => [{ name: 'Office', is_default: true }],
    print: async (html_path, { printer }) => void sent.push(`${printer} ${existsSync(html_path)}`),
  };
  const { station, build, planner } = await plant({ printers });
  const wanted = { document: 'work_instructions' as const, params: { order_id: build.order_id } };
  expect(await codeOf(askJob(station, planner, 'printing.print', { ...wanted, printer: 'Nowhere' }))).toBe(
    'printer_missing',
  );
  await askJob(station, planner, 'printing.print', { ...wanted, printer: 'Office', silent: true });
  expect(sent).toEqual(['Office true']);
  ask(station, planner, 'printing.recordBrowserPrint', wanted);
  const prints = station.readAsSystem(ctx =>
    ctx.sql.all<{ user_name: string; metadata: string }>(
      "select user_name, metadata from audit_logs where action = 'PRINT' order by chain_no",
    ),
  );
  expect(prints.map(row => [row.user_name, JSON.parse(row.metadata).form])).toEqual([
    ['Amélie Roy', 'MW-F-301.V01'],
    ['Amélie Roy', 'MW-F-301.V01'],
  ]);
});

test('who may not read orders prints none; a person of another plant finds none', async () => {
  const { station, build } = await plant();
  const wanted = { document: 'work_instructions' as const, params: { order_id: build.order_id } };
  expect(
    refusalOf(station, signIn(station, 't.varga', 'demo-service-desk'), 'printing.preview', wanted),
  ).toBe('not_allowed');
  const elsewhere = signIn(station, 'p.nguyen', 'demo-viewer-only');
  expect(refusalOf(station, elsewhere, 'printing.preview', wanted)).toBe('row_not_found');
  expect(await codeOf(askJob(station, elsewhere, 'printing.renderPdf', wanted))).toBe('row_not_found');
});

test('a form the person may not see is refused before it is laid out', async () => {
  const { station, build, planner } = await plant();
  station.asSystem('test.roles', ctx => {
    const planners = ctx.sql.get<{ id: string; permissions: string }>(
      "select id, permissions from roles where role_code = 'PLANNER'",
    );
    const {
      work_instructions: _,
      production_checks: _checks,
      ...permissions
    } = JSON.parse(planners?.permissions ?? '{}');
    ctx.update(roles, planners?.id ?? '', { permissions });
  });
  const wanted = { document: 'work_instructions' as const, params: { order_id: build.order_id } };
  expect(refusalOf(station, planner, 'printing.preview', wanted)).toBe('not_allowed');
  expect(await codeOf(askJob(station, planner, 'printing.renderPdf', wanted))).toBe('not_allowed');
  expect(
    ask(station, planner, 'printing.documents', { params: wanted.params }).documents.map(d => d.document),
  ).toEqual(['order_confirmation', 'bom_tree', 'bom_aggregated']);
  // The record of a build holds the forms of production, too.
  const { order_id } = build;
  expect(await codeOf(askJob(station, planner, 'printing.historyRecord', { order_id }))).toBe('not_allowed');
});

test('the short name of a sink counts basins and names legs', () => {
  expect(modelLabel(smallBuild)).toBe('T2-1B-4830HA');
  expect(modelLabel({ ...smallBuild, legs_type: 'FIXED_HEIGHT', basins: [{}, {}] })).toBe('T2-2B-4830FH');
  expect(modelLabel({ ...smallBuild, basins: [] })).toBeNull();
});
