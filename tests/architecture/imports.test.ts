import { expect, test } from 'vitest';
import { handlers } from '../../main/modules/index.ts';
import { type Source, sources } from './sources.ts';

const RENDERER_PACKAGES =
  /^(react|react-dom|react-router|react-i18next|i18next|@mantine\/|@tanstack\/|@tabler\/|@fontsource|dayjs|bwip-js|echarts|gs1-barcode-parser-mod$|zod)/;
/** Which files may import what. The first rule that matches a file decides. */
const rules: { where: RegExp; may: RegExp }[] = [
  { where: /^db\/kit\//, may: /^(db\/kit\/|zod$|big\.js$)/ },
  { where: /^db\/schema\//, may: /^(db\/kit\/|db\/schema\/|zod$)/ },
  { where: /^db\/seeds\//, may: /^db\/seeds\// },
  { where: /^db\/sqlite\//, may: /^(db\/(kit|schema|sqlite)\/|drizzle-orm|better-sqlite3$|node:)/ },
  { where: /^db\/postgres\//, may: /^(db\/(kit|schema|sqlite|postgres)\/|drizzle-orm|pg$|node:)/ },
  { where: /^preload\/contract\//, may: /^(db\/(schema|kit)\/|preload\/contract\/|zod$)/ },
  { where: /^preload\/index\.ts$/, may: /^(electron$|preload\/contract\/|renderer\/rpc\/transport)/ },
  {
    where: /^renderer\//,
    may: new RegExp(`^(renderer/|preload/contract/|resources/)|${RENDERER_PACKAGES.source}`),
  },
  {
    where: /^main\/modules\//,
    may: /^(main\/(modules|rpc|platform|printing)\/|main\/replication\/port\.ts$|preload\/contract\/|db\/(kit|schema|sqlite|seeds)\/|resources\/|package\.json$|drizzle-orm|zod$|big\.js$|exceljs$|hucre|yauzl$|image-size$|@marcbachmann\/cel-js$|node:)/,
  },
  {
    where: /^main\/(rpc|platform)\//,
    may: /^(main\/(rpc|platform)\/|main\/replication\/port\.ts$|preload\/contract\/|db\/(kit|schema|sqlite)\/|resources\/locales\/|drizzle-orm|zod$|better-sqlite3$|pino$|uuidv7$|file-type$|node:)/,
  },
];

test('imports follow the arrows', () => {
  const wrong = sources('db', 'preload', 'main', 'renderer').flatMap(source => {
    const rule = rules.find(r => r.where.test(source.file));
    return rule ? source.imports.filter(i => !rule.may.test(i)).map(i => `${source.file} -> ${i}`) : [];
  });
  expect(wrong).toEqual([]);
});

const importers = (all: Source[], pattern: RegExp) =>
  all.filter(s => s.imports.some(i => pattern.test(i))).map(s => s.file);

test('only the shell knows Electron, only the central side knows pg', () => {
  const all = sources('db', 'preload', 'main', 'renderer');
  expect(
    importers(all, /^electron(-updater)?$/).filter(f => !/^(main\/app\/|preload\/index\.ts$)/.test(f)),
  ).toEqual([]);
  expect(importers(all, /^pg$/).filter(f => !/^(db\/postgres|main\/replication)\//.test(f))).toEqual([]);
});

test('a module calls only earlier modules, and only their services, rules and sheets', () => {
  const order = Object.keys(handlers);
  const wrong = sources('main/modules').flatMap(source => {
    const own = source.file.split('/')[2] ?? '';
    if (own.endsWith('.ts')) return [];
    return source.imports
      .filter(i => i.startsWith('main/modules/') && i.split('/')[2] !== own)
      .filter(i => {
        const other = i.split('/')[2] ?? '';
        return order.indexOf(other) > order.indexOf(own) || !/\.(service|rules|sheets)\.ts$/.test(i);
      })
      .map(i => `${source.file} -> ${i}`);
  });
  expect(wrong).toEqual([]);
});

test('rules are pure: no database, no clock, no files', () => {
  const wrong = sources('main/modules')
    .filter(s => s.file.endsWith('.rules.ts'))
    .flatMap(s => [
      ...s.imports
        .filter(
          i =>
            /^(db\/sqlite|main\/rpc\/(context|write|units)|node:|drizzle-orm|better-sqlite3)/.test(i) &&
            !/main\/rpc\/refusal/.test(i),
        )
        .map(i => `${s.file} -> ${i}`),
      ...(/\bDate\.now\(|Math\.random\(|new Date\(\)/.test(s.text)
        ? [`${s.file} reads the clock or chance`]
        : []),
    ]);
  expect(wrong).toEqual([]);
});

test('services take time and ids from their context', () => {
  const wrong = sources('main/modules').filter(
    s =>
      s.file.endsWith('.service.ts') && /\bDate\.now\(|Math\.random\(|randomUUID\(|new Date\(\)/.test(s.text),
  );
  expect(wrong.map(s => s.file)).toEqual([]);
});

test('the reader of imports sees them: hundreds, none from nowhere', () => {
  const all = sources('db', 'preload', 'main', 'renderer').flatMap(s => s.imports);
  expect(all.length).toBeGreaterThan(600);
  expect(all.filter(i => i === '')).toEqual([]);
});
