import { compose } from '../../../main/compose.ts';
import { silentLog } from '../../../main/platform/log.ts';

/**
 * A station in a process of its own, to be killed while it books: tells each booking once the service has confirmed
 * it, and goes on until it is ended from outside.
 */
const [folder = '', username = '', password = '', work_center_id = ''] = process.argv.slice(2);
const station = compose({ data_folder: folder, log: silentLog, replicates_by_itself: false });
const signedIn = station.serve(null, 'identity.signIn', { username, password });
if (!signedIn.ok) throw new Error(signedIn.error.code);
const { session } = signedIn.value as { session: string };
for (let n = 0; ; n += 1) {
  const rows = [{ work_center_id, order_number: `CRASH-${n % 7}`, quantity: 1 + (n % 3) }];
  const reply = station.serve(session, 'tracking.book', { movement_type: 'IN', rows, source: 'SCAN' });
  if (!reply.ok) throw new Error(reply.error.code);
  process.stdout.write(`CRASH-${n % 7} ${1 + (n % 3)}\n`);
  await new Promise(resolve => setImmediate(resolve));
}
