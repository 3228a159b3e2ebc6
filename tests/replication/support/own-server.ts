import { Client } from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { createPostgres, DURABLE, type PostgresServer } from '../../support/postgres-server.ts';

/** A durable PostgreSQL for one test file, to be killed, restarted and restored at will. */
export function ownServer(settings: readonly string[] = DURABLE): { readonly postgres: PostgresServer } {
  let held: PostgresServer | undefined;
  beforeAll(async () => {
    held = await createPostgres(settings);
    await held.start();
  }, 60_000);
  afterAll(() => held?.remove());
  return {
    get postgres() {
      if (!held) throw new Error('the server is made before the first test');
      return held;
    },
  };
}

export async function connected<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
