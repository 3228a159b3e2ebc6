import type { DraftHeader, Problem } from '../../../preload/contract/orders.ts';

export interface CleanHeader {
  order_number: string;
  customer_name: string;
  project_name: string | null;
  sales_person: string;
  want_on: string;
  document_language: 'EN' | 'FR' | 'SP';
  notes: string | null;
}

const shortest = 3;
const limits = { order_number: 50, customer_name: 100, project_name: 100, sales_person: 100 } as const;
type Named = keyof typeof limits;
const named: Named[] = ['order_number', 'customer_name', 'project_name', 'sales_person'];
export const error = (path: string, code: string, details: Problem['details'] = {}): Problem => ({
  path,
  code,
  details,
  kind: 'error',
});
export const warning = (path: string, code: string, details: Problem['details'] = {}): Problem => ({
  ...error(path, code, details),
  kind: 'warning',
});

/** The header at the moment of submission: the wanted day must lie after `today`, which later edits need not keep. */
export function headerProblems(header: DraftHeader, today: string): Problem[] {
  const problems = named.flatMap(field => textProblems(field, header[field].trim()));
  if (header.notes.includes('\0')) problems.push(error('header.notes', 'text_invalid', { field: 'notes' }));
  const want_on = header.want_on.trim();
  if (want_on === '') problems.push(error('header.want_on', 'want_on_missing'));
  else if (!isDay(want_on)) problems.push(error('header.want_on', 'want_on_invalid', { value: want_on }));
  else if (want_on <= today) problems.push(error('header.want_on', 'want_on_not_later', { want_on, today }));
  return problems;
}

function textProblems(field: Named, value: string): Problem[] {
  const path = `header.${field}`;
  if (value === '') return field === 'project_name' ? [] : [error(path, `${field}_missing`)];
  if (value.includes('\0')) return [error(path, 'text_invalid', { field })];
  if (value.length < shortest) return [error(path, `${field}_short`, { min: shortest })];
  return value.length > limits[field] ? [error(path, `${field}_long`, { max: limits[field] })] : [];
}

/** A real calendar day written YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(text);
}

/** As it is stored. Call it on a header without problems. */
export function cleanHeader(header: DraftHeader): CleanHeader {
  return {
    order_number: header.order_number.trim(),
    customer_name: header.customer_name.trim(),
    project_name: header.project_name.trim() || null,
    sales_person: header.sales_person.trim(),
    want_on: header.want_on.trim(),
    document_language: header.document_language,
    notes: header.notes.trim() || null,
  };
}
