import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright';
import { programFolders } from '../../main/compose.ts';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const program = path.join(programFolders().dist, 'main/browser.js');
export const launch = () => chromium.launch({ executablePath, chromiumSandbox: false });
/** Why nothing can be measured in a browser here. */
export const missing = (): string | null =>
  !existsSync(executablePath) ? `no ${executablePath}` : !existsSync(program) ? 'not built' : null;

/** The built program in browser mode on a station folder, from the moment it is started. */
export async function startProgram(folder: string): Promise<{ url: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [program, '--data', folder, '--no-open', '--no-demo'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.on('exit', code => reject(new Error(`the program ended with ${code}`)));
    createInterface({ input: child.stdout }).on('line', line => {
      const found = /https?:\/\/\S+/.exec(line);
      if (found) resolve(found[0]);
    });
  });
  return {
    url,
    async stop() {
      const ended = new Promise(resolve => child.on('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}
