/** Rows of tools as the stations of the bench have them, with all columns that travel. */
export const TOOL_NAMES = { en: 'Key', fr: 'Clé', es: 'Llave' };
export const toolValues = (n: number) => ({
  tool_name: `peer ${n}`,
  tool_names: TOOL_NAMES,
  description: 'A tool of the bench',
  category: 'HAND',
  is_active: true,
});
const PERSON = '01900000-0000-7000-8000-000000000000';
export const toolRow = (n: number) => ({
  id: `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`,
  organization_id: 1,
  ...toolValues(n),
  row_version: 1,
  created_at_ms: 1_700_000_000_000,
  created_by: PERSON,
  updated_at_ms: 1_700_000_000_000,
  updated_by: PERSON,
});
