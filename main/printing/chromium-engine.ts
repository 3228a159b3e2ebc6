import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PdfEngine } from '../platform/ports.ts';
import { Refusal } from '../rpc/refusal.ts';

const TIMEOUT_MS = 120_000;
const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];
const MAC = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const WINDOWS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
  'Chromium\\Application\\chrome.exe',
];

export interface EngineSearch {
  platform?: NodeJS.Platform;
  env?: Record<string, string | undefined>;
}

/** A Chromium-based browser of this machine as PDF engine, or null. CHROMIUM_PATH names one and is then the only one tried. */
export function findChromiumEngine({
  platform = process.platform,
  env = process.env,
}: EngineSearch = {}): PdfEngine | null {
  const file = env.CHROMIUM_PATH
    ? [env.CHROMIUM_PATH].find(isRunnable)
    : candidates(platform, env).find(isRunnable);
  return file === undefined ? null : chromiumEngine(file);
}

function candidates(platform: NodeJS.Platform, env: Record<string, string | undefined>): string[] {
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(
      root => root !== undefined,
    );
    return WINDOWS.flatMap(name => roots.map(root => path.win32.join(root, name)));
  }
  if (platform === 'darwin')
    return MAC.flatMap(name =>
      ['/Applications', `${env.HOME ?? ''}/Applications`].map(root => `${root}/${name}`),
    );
  const folders = [...(env.PATH ?? '').split(':'), '/usr/bin', '/usr/local/bin', '/snap/bin'].filter(
    folder => folder !== '',
  );
  return NAMES.flatMap(name => folders.map(folder => path.join(folder, name)));
}
function isRunnable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Prints by running the browser without a window on a profile of its own. Refuses `pdf_failed`, `pdf_timed_out`. */
export function chromiumEngine(file: string, timeout_ms = TIMEOUT_MS): PdfEngine {
  return {
    name: path.basename(file),
    async print(html_path, pdf_path) {
      const profile = mkdtempSync(path.join(tmpdir(), 'millwright-print-'));
      try {
        const { code, message } = await run(file, argumentsFor(html_path, pdf_path, profile), timeout_ms);
        if (code !== 0 || !existsSync(pdf_path)) {
          throw new Refusal('pdf_failed', {
            engine: path.basename(file),
            reason: message || `exit code ${code}`,
          });
        }
      } finally {
        // The browser's helpers may still be writing when it has left.
        rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
      }
    },
  };
}

function argumentsFor(html_path: string, pdf_path: string, profile: string): string[] {
  const isRoot = process.getuid?.() === 0;
  return [
    '--headless=new',
    ...(isRoot ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-extensions',
    '--disable-sync',
    '--disable-quic',
    '--disable-dev-shm-usage',
    '--no-first-run',
    '--no-default-browser-check',
    '--hide-scrollbars',
    '--lang=en-US',
    `--user-data-dir=${profile}`,
    '--no-pdf-header-footer',
    '--generate-pdf-document-outline',
    `--print-to-pdf=${pdf_path}`,
    pathToFileURL(html_path).href,
  ];
}

function run(
  file: string,
  args: string[],
  timeout_ms: number,
): Promise<{ code: number | null; message: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: ['ignore', 'ignore', 'pipe'], windowsHide: true });
    let message = '';
    const clock = setTimeout(() => {
      child.kill('SIGKILL');
      reject(
        new Refusal('pdf_timed_out', { engine: path.basename(file), seconds: Math.round(timeout_ms / 1000) }),
      );
    }, timeout_ms);
    child.stderr.on('data', (chunk: Buffer) => {
      message = (message + chunk.toString()).slice(-500);
    });
    child.on('error', error => {
      clearTimeout(clock);
      reject(new Refusal('pdf_failed', { engine: path.basename(file), reason: error.message }));
    });
    child.on('close', code => {
      clearTimeout(clock);
      resolve({ code, message: message.trim() });
    });
  });
}
