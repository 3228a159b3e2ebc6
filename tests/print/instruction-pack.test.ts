import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EditedInstruction, instructionEditing } from '../../preload/contract/instruction-editing.ts';
import type { DocumentParams } from '../../preload/contract/printing.ts';
import type { OutputOf } from '../../preload/contract/rpc.ts';
import mdrd from '../../resources/product-models/examples/cleanstation-mdrd.json' with { type: 'json' };
import {
  buildPrintBundle,
  buildsOfDemo,
  canPrint,
  type DemoStation,
  openDemoStation,
  pageTexts,
  pdfOf,
} from './print-support.ts';

const dist = path.resolve(import.meta.dirname, '../../out/instruction-pack-test');
let station: DemoStation;
const atEnd: (() => void)[] = [];
beforeAll(async () => {
  if (canPrint) await buildPrintBundle(dist);
  station = await openDemoStation(dist, putAway => void atEnd.push(putAway));
}, 120_000);
afterAll(async () => {
  await station?.close();
  for (const putAway of atEnd) putAway();
});
async function asked<T>(procedure: string, input: unknown): Promise<T> {
  const reply = await station.callAsSystem(procedure, input);
  if (!reply.ok) throw new Error(`${procedure}: ${reply.error.code} ${JSON.stringify(reply.error.details)}`);
  return reply.value as T;
}
const picture = readFileSync(path.join(import.meta.dirname, '../../resources/icons/icon.png'));

test.runIf(canPrint)(
  'the pack shows the picture of a step with its marks, and a draft in its place, marked as one',
  { timeout: 120_000 },
  async () => {
    const [build] = buildsOfDemo(station);
    if (!build) throw new Error('the demo plant has no build');
    const { instructions } = await asked<{
      instructions: { instruction_id: EditedInstruction['instruction_id']; instruction_code: string }[];
    }>('production.listInstructions', {});
    const first = instructions.find(one => one.instruction_code === 'A01');
    const upload = { original_name: 'body.png', size_bytes: picture.length };
    const { ticket } = await asked<{ ticket: string }>('infrastructure.prepareUpload', upload);
    await station.transfers.receive(ticket, Readable.from([picture]), 'body.png');
    const links = [{ entity_type: 'work_instruction_steps', entity_id: '1', link_role: 'PHOTO' }];
    const { file_upload_id } = await asked<{ file_upload_id: string }>('infrastructure.registerFile', {
      ticket,
      original_name: 'body.png',
      links,
    });
    const { instruction_id } = await asked<{ instruction_id: EditedInstruction['instruction_id'] }>(
      'production.newInstructionVersion',
      { instruction_id: first?.instruction_id },
    );
    const { instruction_version, status, ...draft } = await asked<EditedInstruction>(
      'production.editInstruction',
      { instruction_id },
    );
    expect(status).toBe('DRAFT');
    const [step, ...rest] = draft.steps;
    const mark = { shape: 'arrow', x1: 200, y1: 200, x2: 600, y2: 500, label: 'Measure here' };
    const save = (change: object) =>
      asked<{ row_version: number }>('production.saveInstruction', { ...draft, ...change });
    const { row_version } = await save({
      steps: [{ ...step, media_file_id: file_upload_id, annotations: [mark] }, ...rest],
    });

    const order_id = build.order_id;
    const inForce = await pdfOf(station, 'work_instructions', { order_id }, { language: 'en' });
    const pack = await pdfOf(
      station,
      'work_instructions',
      { order_id, draft_id: instruction_id },
      { language: 'en' },
    );
    const images = (file: string) =>
      execFileSync('pdfimages', ['-list', file], { encoding: 'utf8' }).trim().split('\n').length - 2;
    expect(images(pack.file)).toBeGreaterThan(images(inForce.file));
    const pages = pageTexts(pack.file);
    expect(pages[0]).toContain(
      `DRAFT of A01 version ${instruction_version} inside. For review, not for production.`,
    );
    expect(pages.join('\n')).toMatch(/A01.*DRAFT/);
    expect(pages.join('\n')).toContain('Measure here');
    expect(pageTexts(inForce.file).join('\n')).not.toContain('DRAFT of');

    // The same draft, for other builds only: the pack says that it is not in it.
    await save({ applies_when: 'false', row_version });
    const content = await asked<{ content: { data: { draft: unknown; tasks: { task_code: string }[] } } }>(
      'printing.preview',
      { document: 'work_instructions', params: { order_id, draft_id: instruction_id } },
    );
    expect(content.content.data.draft).toMatchObject({ applies: false });
    expect(content.content.data.tasks.some(task => task.task_code === 'A01')).toBe(false);
    const refused = await station.callAsSystem('printing.preview', {
      document: 'work_instructions',
      params: { order_id, draft_id: first?.instruction_id },
    });
    expect(refused).toMatchObject({ ok: false, error: { code: 'instruction_not_draft' } });
  },
);

type Tried = OutputOf<(typeof instructionEditing)['tryInstructions']>;
const exampleOf = (configuration: Record<string, unknown>): NonNullable<DocumentParams['example']> => ({
  family: 'MDRD',
  configuration,
  document_language: 'EN',
});

test('any answers, complete or not, say which instructions they call for; a draft is judged in its place', async () => {
  const tried = (configuration: Record<string, unknown>, draft_id?: string) =>
    asked<Tried>('production.tryInstructions', { example: exampleOf(configuration), draft_id });
  const outcome = (all: Tried, code: string) =>
    all.instructions.find(one => one.instruction_code === code)?.outcome;
  const withBoard = await tried(mdrd.two_basins_pegboard);
  const without = await tried(mdrd.one_basin);
  const pegboard = withBoard.instructions.filter(
    one => one.outcome === 'applies' && outcome(without, one.instruction_code) === 'left_out',
  );
  expect(pegboard.map(one => one.applies_when)).toContain('has_pegboard');
  expect(withBoard.tasks).toBe(withBoard.instructions.flatMap(one => one.task_codes).length);
  const nothing = await tried({});
  expect(nothing.instructions.filter(one => one.problem === null).length).toBeLessThan(
    nothing.instructions.length,
  );
  expect(nothing.instructions.find(one => one.outcome === 'undecided')?.problem).toBeTruthy();

  const held = withBoard.instructions.find(one => one.instruction_code === 'A02');
  const { instruction_id } = await asked<{ instruction_id: EditedInstruction['instruction_id'] }>(
    'production.newInstructionVersion',
    { instruction_id: held?.instruction_id },
  );
  const {
    instruction_version: _v,
    status: _s,
    ...draft
  } = await asked<EditedInstruction>('production.editInstruction', { instruction_id });
  await asked('production.saveInstruction', { ...draft, applies_when: '!has_pegboard' });
  expect(outcome(await tried(mdrd.two_basins_pegboard, instruction_id), 'A02')).toBe('left_out');
  const inPlace = await tried(mdrd.one_basin, instruction_id);
  expect(inPlace.instructions.find(one => one.instruction_code === 'A02')).toMatchObject({
    outcome: 'applies',
    is_draft: true,
  });
  await asked('production.discardInstruction', { instruction_id });
});

test('answers that make no BOM give no pages: the rules are named', async () => {
  const reply = await station.callAsSystem('printing.preview', {
    document: 'work_instructions',
    params: { example: exampleOf(mdrd.too_short) },
  });
  expect(reply).toMatchObject({ ok: false, error: { code: 'configuration_refused' } });
  const bom = await station.callAsSystem('printing.preview', {
    document: 'bom_tree',
    params: { example: exampleOf(mdrd.one_basin) },
  });
  expect(bom).toMatchObject({ ok: false, error: { code: 'document_params_missing' } });
});

test.runIf(canPrint)(
  'the pages of an example name no order and no build, and the trail tells of the product model',
  { timeout: 60_000 },
  async () => {
    const params = { example: exampleOf(mdrd.two_basins_pegboard) };
    const pack = await pdfOf(station, 'work_instructions', params, { language: 'fr' });
    expect(pack.file_name).toMatch(/^Instructions_example-MDRD_/);
    const pages = pageTexts(pack.file);
    expect(pages[0]).toContain('Réponses d’exemple, sans unité.');
    for (const page of pages) {
      expect(page).toContain('Exemple, sans unité');
      expect(page).not.toMatch(/PO-|undefined|null/);
    }
    const told = station.readAsSystem(ctx =>
      ctx.sql.all<{ entity_type: string }>(
        "select entity_type from audit_logs where metadata like '%is_example%'",
      ),
    );
    expect(told).toEqual([{ entity_type: 'product_models' }]);
  },
);
