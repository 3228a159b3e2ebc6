import type { AnyTable } from '../../db/kit/define-table.ts';
import type { Sqlite } from '../../db/sqlite/open.ts';
import type { FileStore } from '../platform/file-store.ts';
import type { Log } from '../platform/log.ts';
import type { Clock, Ids, SecretKeeper } from '../platform/ports.ts';
import type { Connect } from './centre.ts';
import type { Progress } from './port.ts';
import type { Store } from './store.ts';

/** What the replicator's steps work with. */
export interface ReplicatorParts {
  db: Sqlite;
  tables: readonly AnyTable[];
  store: Store;
  files: FileStore;
  work_folder: string;
  secrets: SecretKeeper;
  connect: Connect;
  clock: Clock;
  ids: Ids;
  log: Log;
  app_version: string;
  schema_version: number;
  /** In [0, 1); spreads stations in time. */
  chance(): number;
  /** Renewed when another installation uses this identity: the audit chain goes on under a new id. */
  station: { readonly station_id: string; renewStationId(): void };
  /** A copy of the database beside the others, before rows are replaced. */
  backUp(reason: string): void;
  changed(tables: string[]): void;
  statusChanged(): void;
}
export const noProgress: Progress = () => undefined;
