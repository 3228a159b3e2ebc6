import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { compileCondition } from '../../../main/modules/catalogue/condition.rules.ts';
import { planFault } from '../../../main/modules/quality/plan.rules.ts';
import { type PlanDocument, planDocument } from '../../../preload/contract/inspection-plan.ts';
import { catalogFolder, mdrd } from '../catalogue/product-model-support.ts';

const folder = path.join(import.meta.dirname, '../../../resources/inspection-plans');
const plans = new Map<string, PlanDocument>(
  readdirSync(folder).map(file => {
    const plan = planDocument.parse(JSON.parse(readFileSync(path.join(folder, file), 'utf8')));
    return [plan.plan_type, plan];
  }),
);
const checksOf = (type: string) =>
  plans.get(type)?.sections.flatMap(s => s.checks.map(check => ({ check, section: s.name.en }))) ?? [];

const paper = path.join(catalogFolder, 'qc-templates.json');
const item = z.object({
  code: z.string(),
  section: z.string(),
  itemDescription: z.string(),
  checkType: z.string(),
  isBasinSpecific: z.boolean(),
  isRequired: z.boolean(),
});
const test_ = z.object({
  code: z.string(),
  group: z.string(),
  procedure: z.string(),
  expectation: z.string(),
  isBasinSpecific: z.boolean(),
  testType: z.string(),
  estimatedMinutes: z.int(),
});
const papers = z.object({
  templates: z.array(z.object({ formType: z.string(), formName: z.string(), items: z.array(item) })),
  tests: z.array(test_),
  testSerialFieldsPerESinkBasin: z.array(z.string()),
  packaging: z.array(z.object({ code: z.string(), item: z.string(), catalogueId: z.string() })),
});
const KIND: Record<string, string> = {
  BOOLEAN: 'BOOLEAN',
  N_A_OPTION: 'BOOLEAN',
  TEXT: 'TEXT',
  MEASUREMENT: 'NUMERIC',
  MULTI_CHOICE: 'CHOICE',
};
/** Degrees are written with their sign, and the procedure is shown beside the check instead of named in it. */
const plain = (text: string) => text.replaceAll('°C', 'C').replace(' (procedure 8.3)', '');

test.skipIf(!existsSync(paper))(
  'the shipped forms hold every item of the paper forms, word by word and in their order',
  () => {
    const given = papers.parse(JSON.parse(readFileSync(paper, 'utf8')));
    for (const template of given.templates) {
      const checks = checksOf(template.formType);
      expect(plans.get(template.formType)?.plan_name.en).toBe(template.formName);
      const held = checks.filter(({ check }) => template.items.some(i => i.code === check.code));
      expect(
        held.map(({ check, section }) => [
          check.code,
          section,
          check.name.en,
          check.data_type,
          check.can_be_na,
          check.is_repeated_per === 'basins',
          check.is_required,
        ]),
      ).toEqual(
        template.items.map(i => [
          i.code,
          i.section,
          i.itemDescription,
          KIND[i.checkType],
          i.checkType === 'N_A_OPTION',
          i.isBasinSpecific,
          i.isRequired,
        ]),
      );
    }
    const tests = checksOf('TEST').filter(({ check }) => check.test_type);
    expect(
      tests.map(({ check, section }) => [
        check.code,
        section,
        plain(check.name.en),
        plain(check.expectation?.en ?? ''),
        check.is_repeated_per === 'basins',
        check.test_type,
        check.estimated_minutes,
      ]),
    ).toEqual(
      given.tests.map(t => [
        t.code,
        t.group,
        plain(t.procedure),
        plain(t.expectation),
        t.isBasinSpecific,
        t.testType,
        t.estimatedMinutes,
      ]),
    );
    const serials = checksOf('TEST')
      .filter(({ check }) => !check.test_type)
      .map(({ check }) => check.name.en);
    expect(serials).toEqual(given.testSerialFieldsPerESinkBasin);
    const packed = checksOf('PACKAGING').filter(({ check }) =>
      given.packaging.some(p => p.code === check.code),
    );
    expect(packed.map(({ check }) => [check.code, check.name.en])).toEqual(
      given.packaging.map(p => [p.code, p.item]),
    );
    const numbers = packed.flatMap(({ check }, at) =>
      given.packaging[at]?.catalogueId.includes('no catalogue') || check.code === 'K18'
        ? []
        : [[check.material_number, given.packaging[at]?.catalogueId.replace('in ', '')]],
    );
    expect(numbers.filter(([mine, theirs]) => mine !== theirs)).toEqual([]);
  },
);

test('every expression of the shipped forms is valid for the product model, every text is there in three languages', () => {
  for (const plan of plans.values()) {
    expect(planFault(plan)).toBeNull();
    for (const { check } of checksOf(plan.plan_type)) {
      const place = check.is_repeated_per ? { for_each: check.is_repeated_per } : {};
      compileCondition(mdrd, { when: check.applies_when, ...place });
      for (const option of check.options)
        if (option.applies_when) compileCondition(mdrd, { when: option.applies_when, ...place });
      for (const term of [check.expected, check.default_value])
        if (term) compileCondition(mdrd, { when: term, ...place }, 'any');
      const texts = [
        check.name,
        check.expectation,
        check.notes_prompt,
        check.guide?.title,
        check.guide?.material,
        check.guide?.note,
        ...(check.guide?.steps ?? []),
        ...check.options.map(o => o.label),
      ];
      expect(
        texts.flatMap(text => (text ? Object.values(text) : [])).filter(text => text.trim() === ''),
        check.code,
      ).toEqual([]);
    }
  }
});
