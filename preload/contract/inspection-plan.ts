import { z } from 'zod';
import { FILE_ROLES } from '../../db/schema/infrastructure.ts';
import { localText } from '../../db/schema/local-text.ts';
import {
  checkGuide,
  choiceOption,
  DATA_TYPES,
  PLAN_TYPES,
  REPEATED_PER,
  TEST_TYPES,
} from '../../db/schema/quality.ts';

/** A decimal number as text, `2.5`: limits are exact. */
const decimal = z.string().regex(/^-?\d{1,9}(\.\d{1,6})?$/);
const filledText = localText.refine(text => text.en.trim() !== '', 'needs a text in English');
const expression = z.string().trim().min(1).max(1000);

export const planCheck = z.strictObject({
  code: z.string().trim().min(1).max(100),
  name: filledText,
  expectation: localText.optional(),
  data_type: z.enum(DATA_TYPES),
  test_type: z.enum(TEST_TYPES).optional(),
  is_required: z.boolean().default(true),
  can_be_na: z.boolean().default(false),
  is_informative: z.boolean().default(false),
  is_unique: z.boolean().default(false),
  is_repeated_per: z.enum(REPEATED_PER).optional(),
  /** CEL over the configuration; `row` and `index` where the check is repeated. */
  applies_when: expression.default('true'),
  /** CEL: YES, NA, an option, a number. Of a count: how many. */
  expected: expression.optional(),
  default_value: expression.optional(),
  record_as: z.enum(['JOB_ID', 'SIGNER_INITIALS', 'FIRST_PASS']).optional(),
  options: z.array(choiceOption).max(30).default([]),
  unit: z.string().trim().min(1).max(20).optional(),
  target_value: decimal.optional(),
  lower_limit: decimal.optional(),
  upper_limit: decimal.optional(),
  tolerance: decimal.optional(),
  decimals: z.int().min(0).max(6).default(0),
  notes_prompt: localText.optional(),
  instrument_type: z.string().trim().min(1).max(50).optional(),
  needs_file_role: z.string().max(50).optional(),
  /** Documents of the build beside the check: drawings it is compared with. */
  shows_file_roles: z.array(z.enum(FILE_ROLES)).max(FILE_ROLES.length).default([]),
  shows_plan_type: z.enum(PLAN_TYPES).optional(),
  material_number: z.string().trim().min(1).max(100).optional(),
  guide: checkGuide.optional(),
  estimated_minutes: z.int().min(0).max(1440).default(0),
});
export type PlanCheck = z.infer<typeof planCheck>;
export const planSection = z.strictObject({
  code: z.string().trim().min(1).max(100),
  name: filledText,
  checks: z.array(planCheck).max(300),
});
/** A form as a file, as the editor holds it, and as it is imported. */
export const planDocument = z.strictObject({
  plan_code: z.string().trim().min(1).max(100),
  plan_version: z.int().min(1),
  plan_type: z.enum(PLAN_TYPES),
  product_family: z.string().trim().min(1).max(50),
  form_id: z.string().trim().min(1).max(40),
  plan_name: filledText,
  description: localText,
  declaration: filledText,
  setup: localText.optional(),
  sections: z.array(planSection).max(60),
});
export type PlanDocument = z.infer<typeof planDocument>;
