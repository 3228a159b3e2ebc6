import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { contract } from '../../preload/contract/index.ts';

const root = path.resolve(import.meta.dirname, '../..');
const LANGUAGES = ['en', 'fr', 'es'] as const;
/** What a window may be told; the operator's commands at the centre speak on the command line. */
const SERVICES = ['main/{modules,rpc,printing,platform}/**/*.ts', 'main/replication/*.ts'];
type Texts = Record<string, string>;

function flat(value: unknown, prefix = ''): Texts {
  if (typeof value === 'string') return { [prefix]: value };
  if (typeof value !== 'object' || value === null) return {};
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, held]) => flat(held, prefix ? `${prefix}.${key}` : key)),
  );
}
const textsOf = (language: string, file: string): Texts =>
  flat(JSON.parse(readFileSync(path.join(root, 'resources/locales', language, file), 'utf8')));
const files = [
  ...new Set(globSync('*/*.json', { cwd: path.join(root, 'resources/locales') }).map(f => path.basename(f))),
];

/** Languages differ in their plural forms, so forms of one key count as one. */
const withoutPlural = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '');
const keysOf = (texts: Texts) => [...new Set(Object.keys(texts).map(withoutPlural))].sort();
const placeholders = (text: string) =>
  [...new Set(text.match(/\{\{\s*[\w.]+/g) ?? [])].map(p => p.replace(/[{\s]/g, '')).sort();

describe.each(files)('texts of %s', file => {
  const english = textsOf('en', file);
  it.each(LANGUAGES.filter(language => language !== 'en'))('has every key in %s', language => {
    expect(keysOf(textsOf(language, file))).toEqual(keysOf(english));
  });
  it.each(LANGUAGES)('leaves no text empty in %s', language => {
    expect(Object.entries(textsOf(language, file)).filter(([, text]) => text.trim() === '')).toEqual([]);
  });
  it.each(LANGUAGES.filter(language => language !== 'en'))('uses the same placeholders in %s', language => {
    const other = textsOf(language, file);
    // The singular may write its number as a word.
    const english = Object.fromEntries(
      Object.entries(textsOf('en', file)).filter(([key]) => !key.endsWith('_one')),
    );
    const differing = Object.keys(english).filter(
      key =>
        other[key] !== undefined &&
        placeholders(other[key]).join() !== placeholders(english[key] ?? '').join(),
    );
    expect(differing).toEqual([]);
  });
});

describe('refusals', () => {
  const worded = new Set(
    files.flatMap(file =>
      Object.keys(textsOf('en', file)).flatMap(key => key.match(/^refusals\.(\w+)$/)?.[1] ?? []),
    ),
  );
  it('words every code of the contract', () => {
    const promised = Object.values(contract).flatMap(module =>
      Object.values(module).flatMap(procedure => [...procedure.refusals]),
    );
    expect([...new Set(promised)].filter(code => !worded.has(code)).sort()).toEqual([]);
  });
  it('words every code that the services refuse with', () => {
    const missing = globSync(SERVICES, { cwd: root }).flatMap(file => {
      const source = readFileSync(path.join(root, file), 'utf8');
      const codes = [
        ...source.matchAll(/(?:refuse|refuseAndKeep|new Refusal|new CentreUnreachable)\(\s*'(\w+)'/g),
      ].map(found => found[1] ?? '');
      return codes.filter(code => !worded.has(code)).map(code => `${code} in ${file}`);
    });
    expect(missing).toEqual([]);
  });
  it('gives a code one wording', () => {
    const seen = new Map<string, string>();
    const doubled = files.flatMap(file =>
      Object.entries(textsOf('en', file)).flatMap(([key, text]) => {
        if (!/^refusals\.\w+$/.test(key)) return [];
        const other = seen.get(key);
        seen.set(key, text);
        return other !== undefined && other !== text ? [`${key} in ${file}`] : [];
      }),
    );
    expect(doubled).toEqual([]);
  });
});

/** Words that named a thing a second time; what may stand around them says another thing. */
const SECOND_WORDS = [
  {
    language: 'fr',
    word: /fabrication/i,
    other_thing: /^Fabrication$|ordres? de fabrication/i,
    say: 'unité',
  },
  { language: 'fr', word: /\bstatuts?\b/i, other_thing: null, say: 'état' },
  { language: 'fr', word: /\bvoulue?\b/i, other_thing: null, say: 'souhaitée' },
  { language: 'fr', word: /\bla station\b|^station$/i, other_thing: null, say: 'poste' },
  {
    language: 'es',
    word: /fabricaci(ón|ones)/i,
    other_thing: /^Fabricación$|[óo]rden(es)? de fabricación/i,
    say: 'unidad',
  },
  { language: 'es', word: /fecha requerida/i, other_thing: null, say: 'fecha deseada' },
  { language: 'es', word: /\bpuestos?\b/i, other_thing: null, say: 'estación, centro de trabajo' },
  { language: 'es', word: /\bintroducid[oa]s? (por|el|desde|hasta)\b/i, other_thing: null, say: 'ingresado' },
] as const;
it.each(SECOND_WORDS)(
  'screens, prints and workbooks say $say in $language',
  ({ language, word, other_thing }) => {
    const said = files.flatMap(file =>
      Object.entries(textsOf(language, file)).filter(([, text]) => {
        const words = text.replace(/\$t\([^)]*\)|\{\{[^}]*\}\}/g, '');
        return word.test(other_thing ? words.replace(other_thing, '') : words);
      }),
    );
    expect(said).toEqual([]);
  },
);
