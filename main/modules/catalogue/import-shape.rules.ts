import { z } from 'zod';
import { refuse } from '../../rpc/refusal.ts';

export interface ImportFile {
  name: string;
  text: string;
}
export const importFileNames = [
  'categories.json',
  'parts.json',
  'assemblies.json',
  'control-box-components.json',
  'legacy-codes.json',
] as const;
export type ImportFileName = (typeof importFileNames)[number];
export const optionalImportFiles: ReadonlySet<string> = new Set([
  'control-box-components.json',
  'legacy-codes.json',
]);
export const largestImportFile = 16 * 1024 * 1024;

// Rules decide about content, so that a report can name every bad row; the shape only keeps the program safe.
const id = z.string().max(200);
const name = z.string().max(200);
const note = z.string().max(500).nullish();
const header = z.record(z.string(), z.unknown()).optional();
const component = z.object({ part_id: id, quantity: z.number(), notes: note });

export const partsFile = z.object({
  metadata: header,
  parts: z.record(
    id,
    z.looseObject({
      name,
      manufacturer_part_number: z.string().max(100).nullish(),
      manufacturer_info: z.string().max(200).nullish(),
      description: z.string().max(500).nullish(),
      status: z.string().max(20).default('ACTIVE'),
    }),
  ),
});
export const assembliesFile = z.object({
  metadata: header,
  assemblies: z.record(
    id,
    z.object({
      name,
      type: z.enum(['SIMPLE', 'COMPLEX', 'SERVICE_PART', 'KIT']),
      category_code: z.string().max(20),
      subcategory_code: z.string().max(20),
      can_order: z.boolean(),
      is_kit: z.boolean(),
      status: z.string().max(20).default('ACTIVE'),
      components: z.array(component).max(100_000),
    }),
  ),
});
const category = { name: z.string().max(100), description: note };
export const categoriesFile = z.object({
  metadata: header,
  categories: z.record(
    z.string().max(20),
    z.object({
      ...category,
      subcategories: z.record(
        z.string().max(20),
        z.object({ ...category, assembly_refs: z.array(id).max(100_000) }),
      ),
    }),
  ),
});
export const overlayFile = z.object({
  metadata: header,
  components: z.record(id, z.array(component).max(100_000)),
});
export const legacyFile = z.object({ metadata: header, codes: z.record(z.string().max(50), id) });

export interface CatalogueFiles {
  parts: z.output<typeof partsFile>;
  assemblies: z.output<typeof assembliesFile>;
  categories: z.output<typeof categoriesFile>;
  overlay: z.output<typeof overlayFile>['components'];
  legacy: z.output<typeof legacyFile>['codes'];
}

/**
 * The files in their shapes. Refuses `import_file_missing`, `import_file_unknown`, `import_file_twice`,
 * `import_file_too_large`, `import_file_not_text`, `import_file_not_json` and `import_file_wrong_shape`.
 */
export function parseCatalogueFiles(files: readonly ImportFile[]): CatalogueFiles {
  const texts = new Map<string, string>();
  for (const { name: given, text } of files) {
    const known = importFileNames.find(expected => expected === given.toLowerCase());
    if (!known)
      return refuse('import_file_unknown', {
        file: given.slice(0, 100),
        expected: importFileNames.join(', '),
      });
    if (texts.has(known)) refuse('import_file_twice', { file: known });
    texts.set(known, text);
  }
  const read = <T>(file: ImportFileName, shape: z.ZodType<T>): T => {
    const text = texts.get(file);
    return text === undefined ? refuse('import_file_missing', { file }) : parseFile(file, text, shape);
  };
  return {
    parts: read('parts.json', partsFile),
    assemblies: read('assemblies.json', assembliesFile),
    categories: read('categories.json', categoriesFile),
    overlay: texts.has('control-box-components.json')
      ? read('control-box-components.json', overlayFile).components
      : {},
    legacy: texts.has('legacy-codes.json') ? read('legacy-codes.json', legacyFile).codes : {},
  };
}

function parseFile<T>(file: ImportFileName, text: string, shape: z.ZodType<T>): T {
  if (text.length > largestImportFile)
    refuse('import_file_too_large', { file, limit_mb: largestImportFile / 1024 / 1024 });
  // A reader that replaces broken bytes leaves this mark; importing it would store the damage.
  if (text.includes('\uFFFD')) refuse('import_file_not_text', { file });
  const parsed = shape.safeParse(parseJson(file, text));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return refuse('import_file_wrong_shape', {
    file,
    path: (issue?.path ?? []).join(' > ').slice(0, 200),
    reason: (issue?.message ?? '').slice(0, 200),
  });
}

function parseJson(file: ImportFileName, text: string): unknown {
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch (error) {
    return refuse('import_file_not_json', {
      file,
      reason: error instanceof Error ? error.message.slice(0, 200) : '',
    });
  }
}
