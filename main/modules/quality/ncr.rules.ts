import type { NCR_CATEGORIES, NCR_SEVERITIES, NCR_STATUSES, NCR_TYPES } from '../../../db/schema/quality.ts';

export type NcrType = (typeof NCR_TYPES)[number];
export type NcrCategory = (typeof NCR_CATEGORIES)[number];
export type NcrSeverity = (typeof NCR_SEVERITIES)[number];
export type NcrStatus = (typeof NCR_STATUSES)[number];

interface Usual {
  severity: NcrSeverity;
  needs_rework: boolean;
}
const usual = (severity: NcrSeverity, needs_rework: boolean): Usual => ({ severity, needs_rework });

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
} as const satisfies Partial<Record<NcrCategory, Usual>>;
export const SHORTAGE_CATEGORIES = {
  PART_NOT_AVAILABLE: usual('CRITICAL', false),
  INSUFFICIENT_QUANTITY: usual('MAJOR', false),
  PART_DAMAGED: usual('MAJOR', false),
  WRONG_PART: usual('MAJOR', false),
  SUPPLIER_DELAY: usual('MAJOR', false),
  PART_QUALITY: usual('MAJOR', false),
  DOCUMENTATION: usual('MINOR', false),
} as const satisfies Partial<Record<NcrCategory, Usual>>;

export const categoriesOf = (type: NcrType): Partial<Record<NcrCategory, Usual>> =>
  type === 'SHORTAGE' ? SHORTAGE_CATEGORIES : INSPECTION_CATEGORIES;

const WAYS: Record<NcrStatus, readonly NcrStatus[]> = {
  OPEN: ['IN_REVIEW', 'RESOLVED'],
  IN_REVIEW: ['OPEN', 'RESOLVED'],
  RESOLVED: ['IN_REVIEW', 'CLOSED'],
  CLOSED: [],
};
export const mayBecome = (from: NcrStatus, to: NcrStatus): boolean => WAYS[from].includes(to);
export const isUnsettled = (status: NcrStatus): boolean => status === 'OPEN' || status === 'IN_REVIEW';
