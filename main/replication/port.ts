/** What screens, the command line and jobs may ask of the replicator; everything here may take as long as the network. */
export interface ReplicationPort {
  /** At once, from what is known locally. */
  status(): ReplicationStatus;
  /** Pushes what waits, then pulls what is new. Resolves when both are done; refuses `centre_unreachable` and its kin. */
  syncNow(): Promise<ReplicationStatus>;
  /** Looks whether an enrolment code works, without changing anything here or there. */
  probe(enrolment_code: string): Promise<CentreFacts>;
  /**
   * Joins the organization of the code. `bring_rows`: the rows of this station go up (the centre keeps its own where
   * an id or a business key is taken); otherwise a backup is made and the station starts from the centre's rows.
   */
  join(enrolment_code: string, bring_rows: boolean, progress: Progress): Promise<void>;
  /** A new code for the login of this member: rows, identity and what waits stay. Refuses `already_joined` for any other code. */
  renew(enrolment_code: string, progress: Progress): Promise<void>;
  /** The station goes on alone with the rows it has. Refuses `queue_not_empty` unless told to forget the queue. */
  leave(forget_queue: boolean): Promise<void>;
  /** Every station of the organization, as the centre knows them. */
  stations(): Promise<StationFacts[]>;
  /** Compares checksums with the centre, table by table, for the state at one cursor. */
  checkIntegrity(progress: Progress): Promise<IntegrityReport>;
  /** Fetches the buckets that differ and compares again. */
  repair(progress: Progress): Promise<IntegrityReport>;
  /** Writes the waiting units to a file for a station that cannot reach the network. */
  exportQueue(file: string): { units: number };
  /** Takes the centre's answer to an exported queue. */
  importAnswer(file: string, progress: Progress): Promise<{ units: number; rows: number }>;
}
export type Progress = (phase: string, done: number, total: number) => void;

export const REPLICATION_STATES = [
  'standalone',
  'offline',
  'connecting',
  'pushing',
  'pulling',
  'catching_up',
  'online',
  'stopped',
] as const;
export interface ReplicationStatus {
  state: (typeof REPLICATION_STATES)[number];
  /** Why the station does not exchange, or what a person should know: a code with a text of the catalogue. */
  trouble: { code: string; details: Record<string, string | number> } | null;
  centre: (CentreAddress & { org_code: string; org_name: string; station_code: string }) | null;
  waiting_units: number;
  oldest_waiting_at_ms: number | null;
  waiting_files: number;
  /** Rows that this program version cannot read yet. */
  refused_rows: number;
  last_contact_at_ms: number | null;
  /** Everything that other stations had sent by then is here. */
  complete_to_ms: number | null;
  clock_offset_ms: number | null;
  /** The daily maintenance of the centre; `by` names the station that did it because nobody at the centre did. */
  maintained: { at_ms: number; by: string | null } | null;
  progress: { phase: string; done: number; total: number } | null;
}
export interface CentreAddress {
  host: string;
  port: number;
  database: string;
}
export interface CentreFacts extends CentreAddress {
  org_code: string;
  org_name: string;
  station_code: string;
  plant_ids: string[] | null;
  schema_version: number;
  is_encrypted: boolean;
  /** Rows at the centre; 0 for an organization nobody brought rows to. */
  rows: number;
}
export interface StationFacts {
  station_code: string;
  state: string;
  is_this: boolean;
  last_seen_at_ms: number | null;
  queue: number | null;
  clock_offset_ms: number | null;
  app_version: string | null;
  schema_version: number | null;
  /** Commits of the centre that the station has not fetched yet. */
  behind: number | null;
}
export interface IntegrityReport {
  checked_at_ms: number;
  tables: { table: string; rows_here: number; rows_there: number; differing_buckets: number }[];
  repaired_rows: number;
  is_equal: boolean;
}
