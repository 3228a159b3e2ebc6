import type { fulfilment } from '../../../preload/contract/fulfilment.ts';
import type { Handlers } from '../../rpc/handlers.ts';
import { assign, candidates, claim, release } from './assignment.service.ts';
import { openIssue, reportShortage, resolveIssue, resolveShortage, startRework } from './issues.service.ts';
import { bodyArrived, markOutsourced, outsourced, sendParts, setOutsourcing } from './procurement.service.ts';
import { dashboard, queue } from './queues.service.ts';
import { move, override, situation } from './transitions.service.ts';

export const fulfilmentProcedures: Handlers<typeof fulfilment> = {
  situation,
  move,
  override,
  candidates,
  assign,
  claim,
  release,
  reportShortage,
  openIssue,
  startRework,
  resolveIssue,
  resolveShortage,
  outsourced,
  markOutsourced,
  sendParts,
  setOutsourcing,
  bodyArrived,
  queue,
  dashboard,
};
