import { z } from 'zod';
import { NCR_CATEGORIES, type NCR_SEVERITIES } from '../../db/schema/quality.ts';

export const ncrCategory = z.enum(NCR_CATEGORIES);
export type NcrCategory = z.infer<typeof ncrCategory>;

export interface UsualOfCategory {
  severity: (typeof NCR_SEVERITIES)[number];
  needs_rework: boolean;
}
const usual = (severity: UsualOfCategory['severity'], needs_rework: boolean): UsualOfCategory => ({
  severity,
  needs_rework,
});

/** What a category usually means; a person may say otherwise. Source: order issues of the order workflow (4.3). */
export const INSPECTION_CATEGORIES = {
  DIMENSIONAL: usual('MAJOR', true),
  SURFACE: usual('MINOR', true),
  ASSEMBLY_GAP: usual('MAJOR', true),
  COMPONENT_MISSING: usual('CRITICAL', true),
  COMPONENT_MISALIGNED: usual('MAJOR', true),
  ELECTRICAL: usual('CRITICAL', true),
  PLUMBING: usual('CRITICAL', true),
  DOCUMENTATION: usual('MINOR', false),
  CLEANLINESS: usual('MINOR', false),
  OTHER: usual('MAJOR', false),
} as const satisfies Partial<Record<NcrCategory, UsualOfCategory>>;
export const SHORTAGE_CATEGORIES = {
  PART_NOT_AVAILABLE: usual('CRITICAL', false),
  INSUFFICIENT_QUANTITY: usual('MAJOR', false),
  PART_DAMAGED: usual('MAJOR', false),
  WRONG_PART: usual('MAJOR', false),
  SUPPLIER_DELAY: usual('MAJOR', false),
  PART_QUALITY: usual('MAJOR', false),
  DOCUMENTATION: usual('MINOR', false),
} as const satisfies Partial<Record<NcrCategory, UsualOfCategory>>;

/** The categories of a table in its order, for choices on screen. */
export const categoriesIn = (table: Partial<Record<NcrCategory, UsualOfCategory>>): NcrCategory[] =>
  Object.keys(table).map(name => ncrCategory.parse(name));
