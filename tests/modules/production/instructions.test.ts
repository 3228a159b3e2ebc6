import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { evaluateConfiguration } from '../../../main/modules/catalogue/product-model.rules.ts';
import { workedExampleConfiguration } from '../../../main/modules/orders/worked-example.rules.ts';
import { installInstructions } from '../../../main/modules/production/install.service.ts';
import { approvedInstructions } from '../../../main/modules/production/instructions.service.ts';
import { instructionsFor, totalMinutes } from '../../../main/modules/production/tasks.service.ts';
import { ask, refusalOf, type TestStation, testStation } from '../../support/station.ts';
import {
  context,
  hasCatalog,
  mdrd,
  readExamples,
  skipReason,
  smallBuild,
} from '../catalogue/product-model-support.ts';

const shipped = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../resources/demo-plant/${name}.json`, import.meta.url), 'utf8'));
const files = () => ({
  tools: shipped('tools'),
  instructions: shipped('work-instructions') as Record<string, unknown>[],
});
const install = (station: TestStation, given: { tools: unknown; instructions: unknown } = files()) =>
  station.asSystem('test.instructions', ctx => installInstructions(ctx, given));
// biome-ignore lint/suspicious/noConsole: a skipped test says why
if (!hasCatalog) console.warn(skipReason);

function tasksOf(station: TestStation, given: unknown) {
  const { normalized } = evaluateConfiguration(mdrd, given, context);
  return station.readAsSystem(ctx =>
    instructionsFor(ctx, mdrd, normalized, [], null, approvedInstructions(ctx)),
  );
}
const codes = (station: TestStation, given: unknown) => tasksOf(station, given).map(task => task.task_code);

test('the shipped instructions install once; a newer version supersedes, an older one is ignored', () => {
  const station = testStation();
  expect(install(station)).toEqual({ tools: 19, instructions: files().instructions.length });
  expect(install(station)).toEqual({ tools: 0, instructions: 0 });
  const [first, ...rest] = files().instructions;
  const newer = [{ ...first, version: 2 }, ...rest];
  expect(install(station, { tools: shipped('tools'), instructions: newer })).toEqual({
    tools: 0,
    instructions: 1,
  });
  const { instructions } = ask(station, station.session('PLANNER'), 'production.listInstructions', {
    all_versions: true,
  });
  const versions = instructions
    .filter(i => i.instruction_code === 'A01')
    .map(i => `${i.instruction_version} ${i.status}`);
  expect(versions).toEqual(['2 APPROVED', '1 SUPERSEDED']);
});

test('an unknown tool and a damaged file are refused and leave nothing', () => {
  const station = testStation();
  const [first] = files().instructions;
  expect(() => install(station, { tools: [], instructions: [{ ...first }] })).toThrow(
    expect.objectContaining({ code: 'tool_unknown' }),
  );
  expect(() => install(station, { tools: [], instructions: [{ ...first, steps: 'none' }] })).toThrow(
    expect.objectContaining({
      code: 'instructions_invalid',
      details: expect.objectContaining({ path: '0.steps' }),
    }),
  );
  expect(ask(station, station.session('PLANNER'), 'production.listInstructions', {}).instructions).toEqual(
    [],
  );
});

test('the list says in words when an instruction applies, the page has its steps, tools and versions', () => {
  const station = testStation({ roles: ['PLANNER', 'SERVICE'] });
  install(station);
  const planner = station.session('PLANNER');
  const { instructions } = ask(station, planner, 'production.listInstructions', {});
  const words = Object.fromEntries(instructions.map(i => [i.instruction_code, i.applies_when_words?.en]));
  expect(words.A01).toBe('Every build');
  expect(words.A04).toBe('Pegboard');
  expect(words.C02).toBe('Legs: Height adjustable');
  expect(words.B2).toMatch(/at least one: Basin type: E-Drain/);
  expect(instructions.filter(i => i.applies_when_words === null).map(i => i.instruction_code)).toEqual([]);
  const b2 = instructions.find(i => i.instruction_code === 'B2');
  const page = ask(station, planner, 'production.getInstruction', {
    instruction_id: b2?.instruction_id ?? ('' as never),
  });
  expect(page.steps.map(s => s.step_number)).toEqual([1, 2, 3]);
  expect(page.tools.map(tool => tool.names.fr)).toContain('Ruban PTFE');
  expect(page.for_each_when_words?.fr).toMatch(/E-Drain/);
  expect(page.versions).toHaveLength(1);
  const { tools } = ask(station, planner, 'production.listTools', {});
  expect(tools.find(tool => tool.names.en === 'PTFE tape')?.instructions).toBeGreaterThan(2);
  expect(refusalOf(station, station.session('SERVICE'), 'production.listTools', {})).toBe('not_allowed');
});

test('a small build: one E-Drain, height-adjustable legs, nothing else', () => {
  const station = testStation();
  install(station);
  const found = codes(station, smallBuild);
  expect(found).toEqual([
    'A01',
    'A02',
    'A03',
    'B1.1',
    'B2.1',
    'B3.1',
    'B4.1',
    'B5.1',
    'C01',
    'C02',
    'C03',
    'C04',
    'C05',
    'F01',
    'F02',
    'F03',
  ]);
});

test.runIf(hasCatalog)('worked examples: each basin, faucet, sprayer and accessory gets its tasks', () => {
  const station = testStation();
  install(station);
  const configOf = (id: string) =>
    workedExampleConfiguration(readExamples().examples.find(e => e.id === id)?.config);
  const e1 = codes(station, configOf('E1'));
  expect(e1).toContain('D1.1');
  expect(e1.filter(code => /^(A0[456]|B6|B12|D2|E1)/.test(code))).toEqual([]);
  const e8 = tasksOf(station, configOf('E8'));
  const of = (prefix: string) =>
    e8.filter(task => task.instruction_code === prefix).map(task => task.task_code);
  expect(of('B1')).toEqual(['B1.1', 'B1.2', 'B1.3']);
  expect(of('B10')).toEqual(['B10.1', 'B10.2', 'B10.3']);
  expect(of('B12')).toEqual(['B12.1']);
  expect(of('B13')).toEqual(['B13.1', 'B13.2', 'B13.3']);
  expect(of('D1')).toEqual(['D1.1', 'D1.2', 'D1.3']);
  expect(of('D2')).toEqual(['D2.1', 'D2.2']);
  expect(of('E1')).toEqual(['E1.1', 'E1.2', 'E1.3']);
  expect(of('A06')).toEqual([]);
  expect(e8.at(-1)?.task_code).toBe('F03');
  expect(e8.map(task => task.sequence)).toEqual(e8.map((_, i) => i + 1));
  // A01-A05 195, three basins with 90+25+30+20+25+20+15+15+20, P-trap 30, box 90+30+45+20+30, 3 faucets, 2 sprayers, 3 accessories, end 45.
  expect(totalMinutes(e8)).toBe(195 + 3 * 260 + 30 + 215 + 3 * 45 + 2 * 30 + 3 * 20 + 45);
});
