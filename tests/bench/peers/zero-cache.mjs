// zero-cache on a PostgreSQL of its own, and what it needs beside it: an answer to what a named query means.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import path from 'node:path';
import { handleQueryRequest } from '@rocicorp/zero/server';
import { freePort } from '../../../main/replication/central/local-postgres.ts';

/** Answers once the cache has its replica of the tables. */
export async function startZeroCache({ folder, database, schema, queryNamed }) {
  const queries = createServer(async (request, response) => {
    const parts = await Array.fromAsync(request);
    const { searchParams } = new URL(request.url, 'http://localhost');
    const answer = await handleQueryRequest({
      handler: queryNamed,
      schema,
      userID: null,
      query: searchParams,
      body: JSON.parse(Buffer.concat(parts).toString()),
    });
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  await once(queries.listen(0, '127.0.0.1'), 'listening');
  const port = await freePort();
  const cli = path.join(import.meta.dirname, 'node_modules/@rocicorp/zero/out/zero/src/cli.js');
  const cache = spawn(process.execPath, [cli], {
    env: {
      ...process.env,
      ZERO_UPSTREAM_DB: database,
      ZERO_REPLICA_FILE: path.join(folder, 'replica.db'),
      ZERO_QUERY_URL: `http://127.0.0.1:${queries.address().port}/`,
      ZERO_ADMIN_PASSWORD: 'bench',
      ZERO_PORT: String(port),
      ZERO_NUM_SYNC_WORKERS: '1',
      ZERO_LOG_LEVEL: 'error',
      ZERO_ENABLE_TELEMETRY: 'false',
      DO_NOT_TRACK: '1',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  await untilAlive(url, cache);
  return {
    url,
    async stop() {
      if (cache.exitCode === null) {
        cache.kill();
        await once(cache, 'exit');
      }
      queries.close();
    },
  };
}
async function untilAlive(url, cache) {
  while (cache.exitCode === null) {
    const answer = await fetch(`${url}/keepalive`).catch(() => null);
    if (answer?.ok) return;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error(`zero-cache ended with ${cache.exitCode}`);
}
