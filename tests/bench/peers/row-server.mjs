// A plain server for peers that bring none: rows in SQLite with durable commits, numbered as they come. node row-server.mjs FOLDER
import { createServer } from 'node:http';
import path from 'node:path';
import Database from 'better-sqlite3';

const [folder = ''] = process.argv.slice(2);
const db = new Database(path.join(folder, 'server.db'));
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec('create table rows (id text primary key, seq integer not null unique, row text not null)');
const put = db.prepare('insert or replace into rows values (?, ?, ?)');
const known = db.prepare('select row from rows where id = ?').pluck();
const after = db.prepare('select seq, row from rows where seq > ? order by seq limit ?');
let seq = 0;
const listeners = new Set();

/** Answers with the rows whose sender did not know what is here. */
const take = db.transaction(changes => {
  const taken = [];
  const conflicts = [];
  for (const { row, assumed } of changes) {
    const here = known.get(row.id);
    if (here !== undefined && here !== JSON.stringify(assumed)) {
      conflicts.push(JSON.parse(here));
      continue;
    }
    seq += 1;
    put.run(row.id, seq, JSON.stringify(row));
    taken.push(row);
  }
  return { taken, conflicts };
});
const page = (from, limit) => {
  const found = after.all(from, limit);
  return `{"seq":${found.at(-1)?.seq ?? from},"rows":[${found.map(({ row }) => row).join(',')}]}`;
};
async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString());
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost');
  if (url.pathname === '/events') {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    listeners.add(response);
    request.on('close', () => listeners.delete(response));
    return;
  }
  response.setHeader('content-type', 'application/json');
  if (request.method === 'GET') {
    response.end(page(Number(url.searchParams.get('after')), Number(url.searchParams.get('limit'))));
    return;
  }
  const { taken, conflicts } = take(await bodyOf(request));
  response.end(JSON.stringify({ seq, conflicts }));
  if (listeners.size === 0 || taken.length === 0) return;
  const event = `data: ${JSON.stringify({ seq, rows: taken })}\n\n`;
  for (const listener of listeners) listener.write(event);
});
// A client that is busy writing keeps its connection.
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () => process.send?.({ port: server.address().port }));
process.on('disconnect', () => process.exit());
