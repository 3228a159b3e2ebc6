import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { installInstructions } from '../../../main/modules/production/install.service.ts';
import type { EditedInstruction } from '../../../preload/contract/instruction-editing.ts';
import { ask, refusalOf, type TestStation, testStation } from '../../support/station.ts';

const demo = (name: string) =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, '../../../resources/demo-plant', name), 'utf8'));
function withInstructions(): { station: TestStation; engineer: string; manager: string; operator: string } {
  const station = testStation({ roles: ['ORG_ADMIN', 'ENGINEER', 'PLANT_MANAGER', 'OPERATOR'] });
  station.asSystem('test.instructions', ctx =>
    installInstructions(ctx, { tools: demo('tools.json'), instructions: demo('work-instructions.json') }),
  );
  return {
    station,
    engineer: station.session('ENGINEER'),
    manager: station.session('PLANT_MANAGER'),
    operator: station.session('OPERATOR'),
  };
}
const versionOf = ({ station, engineer }: ReturnType<typeof withInstructions>, code: string) => {
  const { instructions } = ask(station, engineer, 'production.listInstructions', { all_versions: true });
  const found = instructions.find(i => i.instruction_code === code);
  if (!found) throw new Error(`no instruction ${code}`);
  return found.instruction_id;
};
const inputOf = ({ instruction_version: _v, status: _s, ...rest }: EditedInstruction) => rest;

test('draft, approved, superseded: an approved version never changes, its successor takes its place', () => {
  const all = withInstructions();
  const { station, engineer, manager } = all;
  const first = versionOf(all, 'A01');
  const held = ask(station, engineer, 'production.editInstruction', { instruction_id: first });
  expect(refusalOf(station, engineer, 'production.saveInstruction', inputOf(held))).toBe(
    'instruction_not_draft',
  );
  expect(refusalOf(station, engineer, 'production.discardInstruction', { instruction_id: first })).toBe(
    'instruction_not_draft',
  );

  const made = ask(station, engineer, 'production.newInstructionVersion', { instruction_id: first });
  expect(made.instruction_version).toBe(held.instruction_version + 1);
  expect(refusalOf(station, engineer, 'production.newInstructionVersion', { instruction_id: first })).toBe(
    'instruction_draft_exists',
  );
  const draft = ask(station, engineer, 'production.editInstruction', { instruction_id: made.instruction_id });
  expect({ ...inputOf(draft), instruction_id: first, row_version: 1 }).toEqual({
    ...inputOf(held),
    row_version: 1,
  });
  const [step] = draft.steps;
  if (!step) throw new Error('no step');
  const mark = { shape: 'arrow' as const, x1: 100, y1: 100, x2: 500, y2: 400, label: 'here' };
  const saved = ask(station, engineer, 'production.saveInstruction', {
    ...inputOf(draft),
    change_note: 'Calipers are read twice',
    steps: [{ ...step, annotations: [mark] }, ...draft.steps],
  });
  const again = ask(station, engineer, 'production.editInstruction', { instruction_id: made.instruction_id });
  expect(again.steps).toHaveLength(draft.steps.length + 1);
  expect(again.steps[0]?.annotations).toEqual([mark]);

  const approval = { instruction_id: made.instruction_id, row_version: saved.row_version };
  expect(refusalOf(station, engineer, 'production.approveInstruction', approval)).toBe('not_allowed');
  expect(refusalOf(station, manager, 'production.approveInstruction', { ...approval, row_version: 1 })).toBe(
    'row_changed',
  );
  ask(station, manager, 'production.approveInstruction', approval);
  const page = ask(station, engineer, 'production.getInstruction', { instruction_id: first });
  expect(page.versions.map(v => [v.instruction_version, v.status])).toEqual([
    [held.instruction_version + 1, 'APPROVED'],
    [held.instruction_version, 'SUPERSEDED'],
  ]);
});

test('a condition is compiled and put in words, or says what is wrong with it', () => {
  const { station, engineer } = withInstructions();

  const check = (when: string, for_each: 'basins' | null = null) =>
    ask(station, engineer, 'production.checkCondition', { when, for_each });
  expect(check('has_pegboard').words?.en).toMatch(/pegboard/i);
  expect(check("row.basin_type == 'E_DRAIN'", 'basins').problem).toBeNull();
  expect(check('no_such_answer == 1').problem).toMatch(/no_such_answer/);
  expect(check('has_pegboard &&').problem).not.toBeNull();
});

test('a draft with a condition that cannot be judged, an unknown predecessor or a circle is refused', () => {
  const { station, engineer } = withInstructions();
  const base = {
    ...{ instruction_id: null, row_version: null, instruction_code: 'X01', form_id: 'MW-X-1' },
    title: { en: 'Trial', fr: '', es: '' },
    description: { en: 'Trial', fr: '', es: '' },
    ...{ applies_when: 'true', for_each: null, for_each_when: null, estimated_minutes: 5 },
    ...{
      after_codes: [] as string[],
      bom_groups: [],
      material_numbers: [],
      change_note: '',
      tool_ids: [],
      steps: [],
    },
  };
  const refusal = (more: Partial<typeof base> | object) =>
    refusalOf(station, engineer, 'production.saveInstruction', { ...base, ...more });
  expect(refusal({ applies_when: 'nonsense(' })).toBe('condition_invalid');
  expect(refusal({ after_codes: ['NONE'] })).toBe('instruction_unknown');
  expect(refusal({ after_codes: ['X01'] })).toBe('instructions_cycle');
  expect(refusal({ instruction_code: 'A01', after_codes: [] })).toBe('instruction_code_taken');
  expect(refusal({ title: { en: ' ', fr: '', es: '' } })).toBe('invalid_input');
  const made = ask(station, engineer, 'production.saveInstruction', base);
  const manager = station.session('PLANT_MANAGER');
  expect(refusalOf(station, manager, 'production.approveInstruction', made)).toBe(
    'instruction_without_steps',
  );
  ask(station, engineer, 'production.discardInstruction', { instruction_id: made.instruction_id });
  expect(refusalOf(station, engineer, 'production.editInstruction', made)).toBe('row_not_found');
});

test('read and understood: once per person and version, listed with who is missing', () => {
  const all = withInstructions();
  const { station, operator, engineer } = all;
  const instruction_id = versionOf(all, 'A02');
  const reads = () => ask(station, operator, 'production.instructionReads', { instruction_id });
  expect(reads()).toEqual({ is_read_by_me: false, reads: [], missing: ['User OPERATOR'] });
  ask(station, operator, 'production.confirmInstructionRead', { instruction_id });
  ask(station, operator, 'production.confirmInstructionRead', { instruction_id });
  expect(reads()).toEqual({
    is_read_by_me: true,
    reads: [{ full_name: 'User OPERATOR', read_at_ms: station.clock.now_ms() }],
    missing: [],
  });
  const draft = ask(station, engineer, 'production.newInstructionVersion', { instruction_id });
  expect(refusalOf(station, operator, 'production.confirmInstructionRead', draft)).toBe(
    'instruction_not_approved',
  );
  expect(
    ask(station, operator, 'production.instructionReads', { instruction_id: draft.instruction_id }).missing,
  ).toEqual(['User OPERATOR']);
});

test('a tool says when its calibration is due', () => {
  const { station, engineer } = withInstructions();
  const tool = {
    ...{ tool_id: null, row_version: null, description: null, category: 'TORQUE', asset_number: 'TW-7' },
    names: { en: 'Torque wrench 7', fr: '', es: '' },
    calibration_due_on: '2026-11-20',
    is_active: true,
  };
  const { tool_id } = ask(station, engineer, 'production.saveTool', tool);
  const find = () =>
    ask(station, engineer, 'production.listTools', {}).tools.find(found => found.tool_id === tool_id);
  expect(find()).toMatchObject({ asset_number: 'TW-7', is_calibration_due: true });
  const row_version = find()?.row_version ?? 0;
  ask(station, engineer, 'production.saveTool', {
    ...tool,
    tool_id,
    row_version,
    calibration_due_on: '2027-11-20',
  });
  expect(find()?.is_calibration_due).toBe(false);
});
