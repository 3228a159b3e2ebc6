import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { beforeAll, expect, test } from 'vitest';
import type { EditedInstruction } from '../../preload/contract/instruction-editing.ts';
import { buildPrintBundle, buildsOfDemo, canPrint, demoStation, pageTexts, pdfOf } from './print-support.ts';

const dist = path.resolve(import.meta.dirname, '../../out/instruction-pack-test');
beforeAll(() => (canPrint ? buildPrintBundle(dist) : undefined), 120_000);
const picture = readFileSync(path.join(import.meta.dirname, '../../resources/icons/icon.png'));

test.runIf(canPrint)(
  'the pack shows the picture of a step with its marks, and a draft in its place, marked as one',
  { timeout: 120_000 },
  async () => {
    const station = await demoStation(dist);
    const [build] = buildsOfDemo(station);
    if (!build) throw new Error('the demo plant has no build');
    const asked = async <T>(procedure: string, input: unknown): Promise<T> => {
      const reply = await station.callAsSystem(procedure, input);
      if (!reply.ok) throw new Error(`${procedure}: ${reply.error.code}`);
      return reply.value as T;
    };
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
