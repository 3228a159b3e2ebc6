import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/station.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** A small checkout: the real start script and the real pinned Node; stand-ins that say what was started. */
function checkout({ fetching = "process.stderr.write('Error: fetch failed\\n'); process.exit(1)" } = {}) {
  const at = (...parts: string[]) => path.join(folder, ...parts);
  const folder = temporaryFolder('millwright-start-');
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(at(file)), { recursive: true });
    writeFileSync(at(file), text);
  };
  write('package.json', JSON.stringify({ type: 'module', scripts: { build: 'node build.mjs' } }));
  write(
    'build.mjs',
    `import fs from 'node:fs';
console.log('noise of a build');
fs.appendFileSync('builds', 'x');
for (const f of ['dist/renderer/index.html', 'dist/preload/index.cjs', 'dist/main/browser.js']) {
  fs.mkdirSync(f.replace(/\\/[^/]*$/, ''), { recursive: true });
  fs.writeFileSync(f, "console.log('browser mode ' + process.argv.slice(2).join(' ') + ' napi ' + (process.versions.napi >= 10))");
}`,
  );
  write(
    'main/cli/index.ts',
    'console.log(JSON.stringify(process.argv.slice(2))); const code: number = 3; process.exitCode = code;',
  );
  write('node_modules/electron/package.json', '{"version":"1.2.3"}');
  write(
    'node_modules/electron/install.js',
    `require('fs').appendFileSync('${at('fetches')}', 'x'); ${fetching}`,
  );
  for (const file of ['main/start.mjs', 'main/typescript-flags.mjs'])
    copyFileSync(path.join(root, file), at(file));
  symlinkSync(path.join(root, 'node_modules/node'), at('node_modules/node'));
  const started = (file: string) => (existsSync(at(file)) ? readFileSync(at(file), 'utf8').length : 0);
  return {
    at,
    write,
    run(...args: string[]) {
      const { status, stdout, stderr } = spawnSync('node', [at('main/start.mjs'), ...args], {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, npm_execpath: '', ELECTRON_OVERRIDE_DIST_PATH: '' },
      });
      return { status, stdout, stderr };
    },
    builds: () => started('builds'),
    fetches: () => started('fetches'),
  };
}

test('without a desktop shell one line says so and browser mode starts; fetching is tried once', () => {
  const tree = checkout();
  const first = tree.run('--no-open');
  expect(first.stdout).toBe(
    'Starting in browser mode: the desktop shell is not installed (Error: fetch failed).\nbrowser mode --no-open napi true\n',
  );
  expect(first.status).toBe(0);
  expect(tree.run('--no-open').stdout).toContain('npx install-electron tries again');
  expect([tree.fetches(), tree.builds()]).toEqual([1, 1]);
});

test('--browser does not look for the desktop shell', () => {
  const tree = checkout();
  expect(tree.run('--browser', '--port', '0').stdout).toBe('browser mode --browser --port 0 napi true\n');
  expect(tree.fetches()).toBe(0);
});

test('a fetched desktop shell is started with the program and its arguments', ({ skip }) => {
  if (process.platform === 'win32') skip('the stand-in for Electron is a shell script');
  const tree = checkout({ fetching: "require('fs').writeFileSync(__dirname + '/path.txt', 'electron')" });
  tree.write('node_modules/electron/dist/electron', '#!/bin/sh\necho "desktop shell $@"\n');
  chmodSync(tree.at('node_modules/electron/dist/electron'), 0o755);
  expect(tree.run('--data', 'x').stdout).toBe(`desktop shell ${tree.at()} --data x\n`);
  expect(tree.run().stdout).toContain('desktop shell');
  expect(tree.fetches()).toBe(1);
});

test('it builds when a source is newer, not otherwise, and stops when the build fails', () => {
  const tree = checkout();
  tree.run('--browser');
  expect(tree.run('--browser').stderr).toBe('');
  expect(tree.builds()).toBe(1);
  tree.write('renderer/app/new.ts', '');
  const later = new Date(Date.now() + 60_000);
  utimesSync(tree.at('renderer/app/new.ts'), later, later);
  const rebuilt = tree.run('--browser');
  expect(rebuilt.stderr).toContain('Building');
  expect(rebuilt.stdout).not.toContain('noise');
  tree.write('build.mjs', 'process.exit(1)');
  expect(tree.run('--browser')).toMatchObject({
    status: 1,
    stdout: '',
    stderr: expect.stringContaining('The build failed'),
  });
});

test('the command line prints its own output only and keeps its exit code', () => {
  const tree = checkout();
  expect(tree.run('cli', 'doctor', '--data', 'a b')).toEqual({
    status: 3,
    stdout: '["doctor","--data","a b"]\n',
    stderr: '',
  });
  expect(tree.builds()).toBe(0);
});

test('without the pinned Node an old one stops with one clear line', () => {
  const tree = checkout();
  rmSync(tree.at('node_modules/node'));
  const script = `Object.defineProperty(process.versions, 'napi', { value: '9' }); process.argv.splice(1, 0, 'x'); await import('${tree.at('main/start.mjs')}')`;
  const { status, stderr } = spawnSync('node', ['--input-type=module', '-e', script], {
    cwd: tree.at(),
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr.trim().split('\n')).toEqual([
    expect.stringMatching(/^Node .* is too old and the pinned one is missing: run npm ci/),
  ]);
});
