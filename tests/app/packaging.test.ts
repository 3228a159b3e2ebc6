import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { extractAll, listPackage } from '@electron/asar';
import { expect, onTestFinished, test } from 'vitest';

const require = createRequire(import.meta.url);
const root = path.resolve(import.meta.dirname, '../..');
// Internal paths of the packager; its version is pinned.
const { getConfig, validateConfiguration } = require('app-builder-lib/out/util/config/config.js');
const { DebugLogger } = require('builder-util');

const validate = async (changes: Record<string, unknown>): Promise<string> => {
  const config = await getConfig(root, null, null);
  return validateConfiguration({ ...config, ...changes }, new DebugLogger(false)).then(
    () => 'valid',
    (error: Error) => error.message,
  );
};
const targets = (platform: { target: string[] }) => platform.target;

test('the packaging settings are valid, and a wrong one is found', async () => {
  expect(await validate({})).toBe('valid');
  expect(await validate({ instaler: true })).toContain('instaler');
});

test('every promised installer is named, for the Electron that is installed', async () => {
  const config = await getConfig(root, null, null);
  expect([targets(config.win), targets(config.linux), targets(config.mac)]).toEqual([
    ['nsis'],
    ['AppImage', 'deb'],
    ['dmg'],
  ]);
  const { devDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  expect(config.electronVersion).toBe(devDependencies.electron);
  expect(readFileSync(path.join(root, 'tests/fixtures/fake-electron/version'), 'utf8').trim()).toBe(
    config.electronVersion,
  );
  expect(config.directories.output).not.toBe('dist');
});

test('the packed program holds what it needs and nothing else', ({ skip }) => {
  if (process.platform !== 'linux') skip('the stand-in for Electron is a Linux one');
  if (!existsSync(path.join(root, 'dist/main/app.js'))) skip('not built: npm run build');
  const out = mkdtempSync(path.join(tmpdir(), 'millwright-pack-'));
  onTestFinished(() => rmSync(out, { recursive: true, force: true }));
  const sourceMigrations = readdirSync(path.join(root, 'db/migrations/sqlite')).filter(file =>
    file.endsWith('.sql'),
  );
  const needed = [
    'package.json',
    'dist/main/app.js',
    'dist/main/data-process.js',
    'dist/main/worker.js',
    'dist/preload/index.cjs',
    'dist/renderer/index.html',
    'node_modules/better-sqlite3/package.json',
    'node_modules/electron-updater/package.json',
    ...sourceMigrations.map(file => `db/migrations/sqlite/${file}`),
    ...readdirSync(path.join(root, 'resources/locales/en')).map(file => `resources/locales/en/${file}`),
  ];
  const builder = path.join(root, 'node_modules/electron-builder/cli.js');
  const args = [
    '--linux',
    'dir',
    '-c.electronDist=tests/fixtures/fake-electron',
    `-c.directories.output=${out}`,
    '--publish',
    'never',
  ];
  const packing = spawnSync(process.execPath, [builder, ...args], { cwd: root, encoding: 'utf8' });
  expect(packing.status, packing.stdout + packing.stderr).toBe(0);

  const program = readdirSync(out).find(name => name.endsWith('unpacked'));
  const resources = path.join(out, String(program), 'resources');
  const packed = listPackage(path.join(resources, 'app.asar'), { isPack: false }).map(file =>
    file.slice(1).replaceAll('\\', '/'),
  );
  expect(needed.filter(file => !packed.includes(file))).toEqual([]);
  const unwanted =
    /^(tests|main|renderer|preload|release|out|\.ci)\/|^db\/(kit|schema)|\.map$|^node_modules\/(vite|react|typescript|node|electron|playwright)\/|better-sqlite3\/(src|deps)\//;
  expect(packed.filter(file => unwanted.test(file))).toEqual([]);

  const unpacked = readdirSync(path.join(resources, 'app.asar.unpacked'), { recursive: true }).map(String);
  const natives = unpacked.filter(file => file.endsWith('.node'));
  expect(natives.filter(file => file.includes('better-sqlite3'))).toEqual([
    `node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`,
  ]);

  // The packed files alone run the services, a job thread and the native module, without the checkout around them.
  const alone = path.join(out, 'alone');
  extractAll(path.join(resources, 'app.asar'), alone);
  const excel = ['excel', 'orders', '--out', path.join(out, 'orders.xlsx'), '--data', path.join(out, 'data')];
  const made = execFileSync(process.execPath, [path.join(alone, 'dist/main/cli.js'), ...excel], {
    cwd: out,
    encoding: 'utf8',
  });
  expect(JSON.parse(made)).toMatchObject({ rows: 0 });
  expect(readFileSync(path.join(out, 'orders.xlsx')).subarray(0, 2).toString()).toBe('PK');
}, 120_000);
