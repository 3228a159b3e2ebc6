import type { fulfilment } from '../../../preload/contract/fulfilment.ts';
import type { Subscriptions } from '../../rpc/context.ts';
import type { Handlers } from '../../rpc/handlers.ts';
import { assign, candidates, claim, release } from './assignment.service.ts';
import { bomImpact, followReplacement, revisionImpact } from './impact.service.ts';
import { followInspection } from './inspections.service.ts';
import {
  openIssue,
  proposeReturn,
  reportShortage,
  resolveIssue,
  resolveShortage,
  startRework,
} from './issues.service.ts';
import {
  bodyArrived,
  followBom,
  markOutsourced,
  outsourced,
  sendParts,
  setOutsourcing,
} from './procurement.service.ts';
import { dashboard, queue } from './queues.service.ts';
import { followAnswer, move, override, situation } from './transitions.service.ts';

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
  proposeReturn,
  startRework,
  resolveIssue,
  resolveShortage,
  outsourced,
  markOutsourced,
  sendParts,
  setOutsourcing,
  bodyArrived,
  bomImpact,
  revisionImpact,
  queue,
  dashboard,
};

export const fulfilmentSubscriptions: Subscriptions = {
  bom_approved: (ctx, event) => {
    followReplacement(ctx, event);
    followBom(ctx, event.order_id);
  },
  inspection_submitted: followInspection,
  approval_answered: followAnswer,
};
