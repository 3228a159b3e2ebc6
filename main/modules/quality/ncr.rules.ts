import {
  type NCR_SEVERITIES,
  type NCR_STATUSES,
  type NCR_TYPES,
  NCR_WAYS,
} from '../../../db/schema/quality.ts';
import {
  INSPECTION_CATEGORIES,
  type NcrCategory,
  SHORTAGE_CATEGORIES,
  type UsualOfCategory,
} from '../../../preload/contract/ncr-categories.ts';

export type NcrType = (typeof NCR_TYPES)[number];
export type NcrSeverity = (typeof NCR_SEVERITIES)[number];
export type NcrStatus = (typeof NCR_STATUSES)[number];

export const categoriesOf = (type: NcrType): Partial<Record<NcrCategory, UsualOfCategory>> =>
  type === 'SHORTAGE' ? SHORTAGE_CATEGORIES : INSPECTION_CATEGORIES;

const WAYS: Record<NcrStatus, readonly NcrStatus[]> = NCR_WAYS;
export const mayBecome = (from: NcrStatus, to: NcrStatus): boolean => WAYS[from].includes(to);
export const isUnsettled = (status: NcrStatus): boolean => status === 'OPEN' || status === 'IN_REVIEW';
