import { Refusal } from '../rpc/refusal.ts';
import type { ReplicationPort, ReplicationStatus } from './port.ts';

const ALONE: ReplicationStatus = {
  state: 'standalone',
  trouble: null,
  centre: null,
  waiting_units: 0,
  oldest_waiting_at_ms: null,
  waiting_files: 0,
  refused_rows: 0,
  last_contact_at_ms: null,
  complete_to_ms: null,
  clock_offset_ms: null,
  progress: null,
};
const notJoined = (): Refusal => new Refusal('not_joined');

/** A station that belongs to no centre: it has nothing to tell and nothing to exchange. */
export const standalone: ReplicationPort = {
  status: () => ALONE,
  syncNow: () => Promise.reject(notJoined()),
  probe: () => Promise.reject(notJoined()),
  join: () => Promise.reject(notJoined()),
  leave: () => Promise.reject(notJoined()),
  stations: () => Promise.reject(notJoined()),
  checkIntegrity: () => Promise.reject(notJoined()),
  repair: () => Promise.reject(notJoined()),
  exportQueue: () => {
    throw notJoined();
  },
  importAnswer: () => Promise.reject(notJoined()),
};
