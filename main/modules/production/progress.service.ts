import type { Id } from '../../../db/kit/columns.ts';
import type { TaskProgress } from '../../../preload/contract/assembly.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { progressOf } from './work.rules.ts';
import { listOf, type TaskList } from './work-rows.service.ts';

export const progressOfList = (list: TaskList | undefined): TaskProgress =>
  list
    ? progressOf(list.tasks, list.byId)
    : { has_list: false, total: 0, done: 0, required_open: 0, minutes_left: 0 };

/** How far the tasks of a build are; `has_list` is false while nobody made its list. */
export const taskProgress = (ctx: ReadCtx, order_id: Id<'orders'>): TaskProgress =>
  progressOfList(listOf(ctx, order_id));
