import type { tracking } from '../../../preload/contract/tracking.ts';
import type { Handlers } from '../../rpc/handlers.ts';
import { workCenters } from './access.service.ts';
import { archive, archiveCandidates, archivedGroups } from './archive.service.ts';
import { listBalances, orderFlow } from './balances.service.ts';
import { available, book } from './booking.service.ts';
import { correct, undo } from './corrections.service.ts';
import { deactivateInactive, inactivePeople } from './inactive.service.ts';
import { listMovements } from './movement-list.service.ts';
import {
  beginOlder,
  endOlder,
  finishOlder,
  olderSlices,
  prepareOlderUpload,
} from './older-screen.service.ts';
import { knownOrders } from './order-match.service.ts';
import { byCenter, byUser, dailySummary, trend, wip } from './summaries.service.ts';
import {
  createDefaultWorkCenters,
  deleteWorkCenter,
  listWorkCenters,
  saveWorkCenter,
} from './work-centers.service.ts';

export const trackingProcedures: Handlers<typeof tracking> = {
  workCenters,
  listWorkCenters,
  saveWorkCenter,
  deleteWorkCenter,
  createDefaultWorkCenters,
  available,
  knownOrders,
  book,
  undo,
  correct,
  movements: listMovements,
  balances: listBalances,
  orderFlow,
  dailySummary,
  trend,
  byCenter,
  byUser,
  wip,
  inactivePeople,
  deactivateInactive,
  archiveCandidates,
  archivedGroups,
  archive,
  prepareOlderUpload,
  beginOlder,
  checkOlder: { work: 'tracking.checkOlder', finish: (_ctx, made) => made },
  applyOlder: { work: 'tracking.readOlder', slices: olderSlices, finish: finishOlder },
  endOlder,
};
