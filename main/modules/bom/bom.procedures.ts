import type { bom } from '../../../preload/contract/bom.ts';
import type { Handlers } from '../../rpc/handlers.ts';
import { approveBom, bulkApprove, reopenBom, sendBack } from './approval.service.ts';
import {
  aggregatedBom,
  bomTree,
  compareVersions,
  explainLine,
  listVersions,
  topOfBom,
} from './bom.service.ts';
import { regenerate } from './generation.service.ts';
import { addLine, editLine, removeLine } from './line-edits.service.ts';
import { acknowledgeWarning, bomWarningsOf } from './warnings.service.ts';

export const bomProcedures: Handlers<typeof bom> = {
  versions: listVersions,
  get: (ctx, { bom_id }) => bomTree(ctx, bom_id),
  top: (ctx, { bom_id }) => topOfBom(ctx, bom_id),
  aggregated: (ctx, { bom_id }) => aggregatedBom(ctx, bom_id),
  explainLine,
  compare: compareVersions,
  warnings: bomWarningsOf,
  acknowledgeWarning,
  approve: approveBom,
  bulkApprove,
  sendBack,
  reopen: reopenBom,
  editLine,
  addLine,
  removeLine,
  regenerate,
};
