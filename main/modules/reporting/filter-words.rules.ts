import type { UserFilter } from '../../../preload/contract/identity.ts';
import type { ReportFilter } from '../../../preload/contract/life-reports.ts';
import type { OrderFilter, OrderGroup, OrderSort } from '../../../preload/contract/orders.ts';
import type { MaterialExportFilter } from '../../../preload/contract/reporting.ts';
import type { MovementFilter } from '../../../preload/contract/tracking.ts';
import type { Fact } from './info.sheets.ts';
import type { SheetTexts } from './sheet-texts.rules.ts';

const VALUES = [
  'customer_name',
  'sales_person',
  'document_language',
  'want_from',
  'want_to',
  'created_from',
  'created_to',
] as const;

interface OrderSelectionWords {
  filter: OrderFilter;
  sort: OrderSort;
  group: OrderGroup | null;
  ids: readonly string[] | null;
  except: readonly string[];
}
/** The filter of an order list in words, one line each, then its order. */
export function orderFilterFacts(
  texts: SheetTexts,
  { filter, sort, group, ids, except }: OrderSelectionWords,
): Fact[] {
  const statuses = filter.status.map(s => texts.words('order_status')[s] ?? s);
  const lines = [
    ...(filter.text === '' ? [] : [texts.fact('text', { value: filter.text })]),
    ...(statuses.length === 0 ? [] : [texts.fact('status', { value: statuses.join(', ') })]),
    ...VALUES.flatMap(key => (filter[key] === undefined ? [] : [texts.fact(key, { value: filter[key] })])),
    ...(filter.mine ? [texts.fact('mine')] : []),
    ...(filter.late ? [texts.fact('late')] : []),
    ...(ids === null ? [] : [texts.fact('selected', { count: ids.length })]),
    ...(except.length === 0 ? [] : [texts.fact('except', { count: except.length })]),
  ];
  const column = texts.heading('orders', sort.by);
  const sorted = texts.fact(sort.direction === 'asc' ? 'ascending' : 'descending', { column });
  return [
    ...inWords(texts, lines),
    ...(group === null ? [] : [{ label: texts.fact('group'), value: texts.heading('orders', group) }]),
    { label: texts.fact('sort'), value: sorted },
  ];
}

const ACTIVITY = { active: 'active_only', inactive: 'inactive_only', all: 'with_inactive' } as const;
export function materialFilterFacts(
  texts: SheetTexts,
  filter: MaterialExportFilter,
  category: string | null,
): Fact[] {
  return inWords(texts, [
    ...(filter.text === '' ? [] : [texts.fact('text', { value: filter.text })]),
    ...(filter.kind === null
      ? []
      : [texts.fact('material_kind', { value: texts.words('material_kind')[filter.kind] ?? filter.kind })]),
    ...(category === null ? [] : [texts.fact('category', { value: category })]),
    texts.fact(ACTIVITY[filter.active]),
  ]);
}
/** The choices of the list of people, which are ids, by their names. */
export function userFilterFacts(
  texts: SheetTexts,
  filter: UserFilter,
  names: { role: string | null; plant: string | null; department: string | null },
): Fact[] {
  const line = (key: string, value: string | null | undefined) =>
    value === null || value === undefined || value === '' ? [] : [texts.fact(key, { value })];
  return inWords(texts, [
    ...line('text', filter.search),
    ...line('role', names.role),
    ...line('one_plant', names.plant),
    ...line('department', names.department),
    ...(filter.is_active === undefined
      ? []
      : [texts.fact(filter.is_active ? 'people_active' : 'people_inactive')]),
  ]);
}
/** Filters that name people by id are told as "chosen": names are in the rows. */
export function trackingFilterFacts(
  texts: SheetTexts,
  filter: MovementFilter,
  work_center: string | null,
): Fact[] {
  const line = (key: string, value: string | undefined | null) =>
    value === undefined || value === null || value === '' ? [] : [texts.fact(key, { value })];
  return inWords(texts, [
    ...line('text', filter.order_number ?? filter.text),
    ...line('work_center', work_center),
    ...line('created_from', filter.from),
    ...line('created_to', filter.to),
    ...line('movement_type', filter.movement_type),
    ...(filter.user_id === undefined ? [] : [texts.fact('one_person')]),
    ...(filter.department_id === undefined ? [] : [texts.fact('one_department')]),
    ...(filter.include_archive ? [texts.fact('with_archive')] : []),
  ]);
}
export const reportFilterFacts = (texts: SheetTexts, filter: ReportFilter, plant: string | null): Fact[] =>
  inWords(texts, [
    texts.fact('period', { from: filter.from, to: filter.to }),
    texts.fact(plant === null ? 'all_plants' : 'one_plant', { value: plant ?? '' }),
    ...(filter.family === undefined ? [] : [texts.fact('family', { value: filter.family })]),
    ...(filter.customer_name === undefined
      ? []
      : [texts.fact('customer_name', { value: filter.customer_name })]),
  ]);
const inWords = (texts: SheetTexts, lines: string[]): Fact[] =>
  (lines.length === 0 ? [texts.fact('filter_none')] : lines).map(value => ({
    label: texts.fact('filter'),
    value,
  }));
