// A CouchDB-like server of PouchDB's own parts, in a process of its own: node pouch-server.mjs PACKAGES FOLDER
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const [packages = '', folder = ''] = process.argv.slice(2);
const load = createRequire(path.join(packages, 'package.json'));
mkdirSync(path.join(folder, 'server'), { recursive: true });
const Server = load('pouchdb').defaults({ prefix: `${path.join(folder, 'server')}/` });
const app = load('express')();
app.use(
  '/',
  load('express-pouchdb')(Server, {
    mode: 'minimumForPouchDB',
    inMemoryConfig: true,
    logPath: path.join(folder, 'log.txt'),
  }),
);
const listening = app.listen(0, '127.0.0.1', () => process.send?.({ port: listening.address().port }));
