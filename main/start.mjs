// `npm start`: the desktop shell when Electron is (or can be fetched) here, else browser mode. `cli ...`: the command line.
// Runs on any Node from 18 on and without packages: it is what finds the Node the product needs.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { TYPESCRIPT_FLAGS } from './typescript-flags.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const at = (...parts) => path.join(root, ...parts);
const complain = text => process.stderr.write(`${text}\n`);
const isWindows = process.platform === 'win32';
const FETCH_LIMIT_MS = 120_000;

const args = process.argv.slice(2);
if (args[0] === 'cli') {
  // Printing shows documents with the built layouts, stations show pages; the other commands need no build.
  const makesRecord = args[1] === 'record' && args[2] !== 'verify';
  if (makesRecord || args.includes('print') || args.includes('--stations')) buildWhenStale();
  run(ownNode(), [...TYPESCRIPT_FLAGS, at('main/cli/index.ts'), ...args.slice(1)]);
} else {
  const node = ownNode();
  buildWhenStale();
  const electron = args.includes('--browser') ? undefined : electronOrReason();
  if (electron?.binary) run(electron.binary, [root, ...args]);
  else {
    if (electron)
      process.stdout.write(
        `Starting in browser mode: the desktop shell is not installed (${electron.reason}).\n`,
      );
    run(node, [at('dist/main/browser.js'), ...args]);
  }
}

function run(program, programArgs) {
  const child = spawn(program, programArgs, { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', error => {
    complain(`${program} could not be started: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

/** The pinned Node; the SQLite module ends an older one without a word (it needs Node-API 10). */
function ownNode() {
  const pinned = at('node_modules/node/bin', isWindows ? 'node.exe' : 'node');
  if (existsSync(pinned)) return pinned;
  if (Number(process.versions.napi) >= 10 && Number(process.versions.node.split('.')[0]) >= 24)
    return process.execPath;
  complain(
    `Node ${process.versions.node} is too old and the pinned one is missing: run npm ci (with install scripts allowed).`,
  );
  return process.exit(1);
}

function buildWhenStale() {
  const outputs = ['dist/renderer/index.html', 'dist/main/browser.js', 'dist/preload/index.cjs'].map(file =>
    modified(at(file)),
  );
  const sources = ['main', 'preload', 'renderer', 'db', 'resources'].map(folder => newest(at(folder)));
  const settings = readdirSync(root)
    .filter(file => /^(package\.json|vite\..*)$/.test(file))
    .map(file => modified(at(file)));
  if (Math.min(...outputs) >= Math.max(...sources, ...settings)) return;
  complain('Building Millwright ...');
  const npm = process.env.npm_execpath;
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  const built = npm
    ? spawnSync(process.execPath, [npm, 'run', '-s', 'build'], options)
    : spawnSync('npm run -s build', { ...options, shell: true });
  if (built.status === 0) return;
  complain('The build failed; see the lines above.');
  process.exit(1);
}
function modified(file) {
  return existsSync(file) ? statSync(file).mtimeMs : 0;
}
function newest(folder) {
  const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  return Math.max(
    0,
    ...entries.map(e =>
      e.isDirectory() ? newest(path.join(folder, e.name)) : modified(path.join(folder, e.name)),
    ),
  );
}

/** Fetching is tried once per version; a machine without a way out does not wait at every start. */
function electronOrReason() {
  const held = electronBinary();
  if (held) return { binary: held };
  const folder = at('node_modules/electron');
  if (!existsSync(path.join(folder, 'install.js'))) return { reason: 'its package is missing: npm ci' };
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const tried = at('node_modules/.cache', `millwright-electron-${version}`);
  if (existsSync(tried))
    return { reason: `${readFileSync(tried, 'utf8')}; npx install-electron tries again` };
  const fetched = spawnSync(ownNode(), [path.join(folder, 'install.js')], {
    timeout: FETCH_LIMIT_MS,
    encoding: 'utf8',
  });
  const binary = electronBinary();
  if (fetched.status === 0 && binary) return { binary };
  const said = (fetched.stderr || '').split('\n').find(line => /error/i.test(line));
  const reason =
    (fetched.error?.code === 'ETIMEDOUT' ? 'fetching it took too long' : said?.trim()) ||
    'it could not be fetched';
  mkdirSync(path.dirname(tried), { recursive: true });
  writeFileSync(tried, reason);
  return { reason };
}
function electronBinary() {
  const name = isWindows ? 'electron.exe' : 'electron';
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH)
    return existing(path.join(process.env.ELECTRON_OVERRIDE_DIST_PATH, name));
  const named = at('node_modules/electron/path.txt');
  return existsSync(named)
    ? existing(at('node_modules/electron/dist', readFileSync(named, 'utf8').trim()))
    : undefined;
}
function existing(file) {
  return existsSync(file) ? file : undefined;
}
