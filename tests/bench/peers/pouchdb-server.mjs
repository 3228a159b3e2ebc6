// A CouchDB-like server of PouchDB's own parts, in a process of its own: node pouchdb-server.mjs FOLDER
import path from 'node:path';
import express from 'express';
import serverOf from 'express-pouchdb';
import PouchDB from 'pouchdb';

const [folder = ''] = process.argv.slice(2);
const Server = PouchDB.defaults({ prefix: `${folder}/` });
const app = express();
app.use(
  '/',
  serverOf(Server, {
    mode: 'minimumForPouchDB',
    inMemoryConfig: true,
    logPath: path.join(folder, 'log.txt'),
  }),
);
const listening = app.listen(0, '127.0.0.1', () => process.send?.({ port: listening.address().port }));
process.on('disconnect', () => process.exit());
