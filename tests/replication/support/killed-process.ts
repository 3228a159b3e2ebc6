import Database from 'better-sqlite3';
import { tools } from '../../../db/schema/production.ts';
import { compose } from '../../../main/compose.ts';
import { silentLog } from '../../../main/platform/log.ts';

/**
 * A station whose process dies inside a transaction of SQLite: at the given writing statement of the given kind of
 * work. `command` writes rows until it dies; `exchange` sends and fetches until it dies.
 */
const [folder = '', kind = 'command', at = '1'] = process.argv.slice(2);
const say = (text: string) => process.stdout.write(`${text}\n`);
let left = Number.POSITIVE_INFINITY;
watchWrites(() => {
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
});

const station = compose({ data_folder: folder, log: silentLog, replicates_by_itself: false });
if (kind === 'exchange') left = Number(at);
for (let n = 0; kind === 'command' && n < 5; n++) {
  if (n === 2) left = Number(at);
  const { id } = station.asSystem('test.tool', ctx =>
    ctx.insert(tools, {
      tool_name: `Tool of ${process.pid} ${n}`,
      tool_names: { en: 'Tool', fr: 'Outil', es: 'Util' },
    }),
  );
  say(`confirmed ${id}`);
}
await station.replication.syncNow();
say('done');
await station.close();

/** Calls back before every statement that writes within a transaction. */
function watchWrites(about: () => void): void {
  const sample = new Database(':memory:');
  const statement = Object.getPrototypeOf(sample.prepare('select 1'));
  sample.close();
  for (const name of ['run', 'get', 'all'] as const) {
    const original = statement[name];
    statement[name] = function (this: Database.Statement, ...values: unknown[]) {
      if (!this.readonly && this.database.inTransaction) about();
      return original.apply(this, values);
    };
  }
}
