import { tools } from '../../../db/schema/production.ts';
import { compose } from '../../../main/compose.ts';
import { silentLog } from '../../../main/platform/log.ts';

/**
 * A station in a process of its own, to be killed: opens the folder, makes so many rows, tells each one once it is
 * confirmed, then joins with the code where it has not yet, and exchanges until it is told to end.
 */
const [folder = '', count = '0', code = ''] = process.argv.slice(2);
const say = (text: string) => process.stdout.write(`${text}\n`);
const station = compose({ data_folder: folder, log: silentLog, replicates_by_itself: false });
for (let n = 0; n < Number(count); n++) {
  const { id } = station.asSystem('test.tool', ctx =>
    ctx.insert(tools, {
      tool_name: `Tool of ${process.pid} ${n}`,
      tool_names: { en: 'Tool', fr: 'Outil', es: 'Util' },
    }),
  );
  say(`confirmed ${id}`);
}
const { replication } = station;
const isAlone = code !== '' && replication.status().state === 'standalone';
await (isAlone ? replication.join(code, true, () => undefined) : replication.syncNow()).then(
  () => say('exchanged'),
  (error: unknown) => say(`failed ${String(error)}`),
);
await station.close();
