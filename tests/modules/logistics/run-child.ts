import { compose } from '../../../main/compose.ts';
import { silentLog } from '../../../main/platform/log.ts';

/** A station of its own process: asks for a run of serial labels and prints until it is killed. */
const [data_folder = '', first = '', count = ''] = process.argv.slice(2);
const station = compose({ data_folder, log: silentLog });
const reply = await station.callAsSystem('logistics.printLabels', {
  label_type: 'SERIAL',
  serials: { first, count: Number(count) },
});
if (!reply.ok) throw new Error(reply.error.code);
