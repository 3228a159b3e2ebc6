import { openReader } from '../../db/sqlite/open.ts';
import { healthSeen } from '../modules/infrastructure/health.service.ts';
import { silentLog } from '../platform/log.ts';
import { systemClock } from '../platform/ports.ts';
import { foldersOf } from '../platform/station-folder.ts';
import { createState } from '../replication/state.ts';
import { waitingOf } from '../replication/store.ts';
import { statementsOf } from '../rpc/statements.ts';

/** The state of a station that another process runs, by reading its files; nothing is written. */
export function healthBeside(data_folder: string) {
  const reader = openReader(foldersOf(data_folder).database);
  try {
    const { facts } = createState(reader);
    const waiting = waitingOf(reader);
    return {
      is_running: true,
      ...healthSeen({
        sql: statementsOf(reader),
        log: silentLog,
        data_folder,
        now_ms: systemClock.now_ms(),
        waiting_units: waiting.waitingUnits(),
        oldest_waiting_at_ms: waiting.oldestWaiting(),
        clock_offset_ms: facts.clock_offset_ms ?? null,
        last_contact_at_ms: facts.last_contact_at_ms ?? null,
      }),
    };
  } finally {
    reader.close();
  }
}
