import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { Refusal } from '../../../main/rpc/refusal.ts';
import { DURABLE } from '../../support/postgres-server.ts';
import { offlineStation, testCentre } from '../stations/support.ts';
import { ownServer } from '../support/own-server.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl) process.stdout.write('certificates are not tested: no openssl on this machine\n');
const server = ownServer(DURABLE);

let folder = '';
const openssl = (...args: string[]): void =>
  void execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'] });
function authority(name: string): void {
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '30',
    '-subj',
    `/CN=${name}`,
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.pem`,
  );
}
/** A certificate of the authority for a host; `days` may lie in the past. */
function certificate(name: string, host: string, by: string, days: number): void {
  openssl(
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-subj',
    `/CN=${host}`,
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.csr`,
  );
  fs.writeFileSync(path.join(folder, `${name}.ext`), `subjectAltName=DNS:${host}\n`);
  openssl(
    'x509',
    '-req',
    '-in',
    `${name}.csr`,
    '-CA',
    `${by}.pem`,
    '-CAkey',
    `${by}.key`,
    '-CAcreateserial',
    '-days',
    String(days),
    '-extfile',
    `${name}.ext`,
    '-out',
    `${name}.pem`,
  );
  for (const file of [`${name}.key`, `${name}.pem`]) {
    fs.chmodSync(path.join(folder, file), 0o600);
    server.postgres.own(path.join(folder, file));
  }
}
beforeAll(() => {
  if (!hasOpenssl) return;
  folder = server.postgres.base;
  authority('ours');
  authority('other');
  certificate('good', 'localhost', 'ours', 30);
  certificate('renamed', 'elsewhere.example', 'ours', 30);
  certificate('expired', 'localhost', 'ours', -1);
});
/** The server again, with this certificate, or without any. */
async function serveWith(name: string | null): Promise<void> {
  await server.postgres.stop();
  const at = (file: string) => path.join(folder, file);
  await server.postgres.start(
    name ? ['ssl=on', `ssl_cert_file=${at(`${name}.pem`)}`, `ssl_key_file=${at(`${name}.key`)}`] : [],
  );
}
const answerOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'connected',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );

test.skipIf(!hasOpenssl)(
  'a station connects only to the centre whose certificate is right, and says in a word what is wrong',
  async () => {
    const centre = await testCentre(server.postgres.url());
    const plain = await centre.code('K1');
    const station = offlineStation();
    const withAuthority = (name: string): string => {
      const content = JSON.parse(Buffer.from(plain.slice(4), 'base64url').toString('utf8'));
      const ca = fs.readFileSync(path.join(folder, `${name}.pem`), 'utf8');
      const changed = { ...content, host: 'localhost', tls: 'verify-full', ca };
      return `MW1.${Buffer.from(JSON.stringify(changed)).toString('base64url')}`;
    };
    const asked = (ca: string) => answerOf(station.station.replication.probe(withAuthority(ca)));
    expect(await asked('ours')).toBe('centre_without_encryption');
    await serveWith('good');
    expect(await asked('other')).toBe('centre_certificate_wrong');
    expect(await asked('ours')).toBe('connected');
    await serveWith('renamed');
    expect(await asked('ours')).toBe('centre_certificate_wrong');
    await serveWith('expired');
    expect(await asked('ours')).toBe('centre_certificate_expired');
    await serveWith(null);
  },
  60_000,
);
