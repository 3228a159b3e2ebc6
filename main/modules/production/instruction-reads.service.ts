import { tools, work_instruction_reads } from '../../../db/schema/production.ts';
import type { instructionEditing } from '../../../preload/contract/instruction-editing.ts';
import type { OutputOf, ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { instructionRow } from './instruction-editing.service.ts';

type Input<P extends keyof typeof instructionEditing> = ParsedInputOf<(typeof instructionEditing)[P]>;

const MINE = 'select 1 from work_instruction_reads where instruction_id = ? and user_id = ?';
const isReadByMe = (ctx: ReadCtx, instruction_id: string): boolean =>
  ctx.sql.get(MINE, [instruction_id, ctx.actor.user_id]) !== undefined;

/** Once per person and version; saying it again changes nothing. */
export function confirmInstructionRead(ctx: CommandCtx, { instruction_id }: Input<'confirmInstructionRead'>) {
  const row = instructionRow(ctx, instruction_id);
  if (row.status !== 'APPROVED')
    refuse('instruction_not_approved', { code: row.instruction_code, version: row.instruction_version });
  if (isReadByMe(ctx, row.id)) return {};
  ctx.insert(work_instruction_reads, {
    instruction_id: row.id,
    user_id: ctx.actor.user_id,
    read_at_ms: ctx.now_ms,
  });
  return {};
}

export function instructionReads(
  ctx: ReadCtx,
  { instruction_id }: Input<'instructionReads'>,
): OutputOf<typeof instructionEditing.instructionReads> {
  const row = instructionRow(ctx, instruction_id);
  const missing = ctx.sql.all<{ full_name: string }>(
    `select distinct u.full_name from users u join user_roles ur on ur.user_id = u.id and ur.is_active = 1
       join roles r on r.id = ur.role_id and r.role_code = 'OPERATOR'
     where u.is_active = 1 and (ur.expires_at_ms is null or ur.expires_at_ms >= @now)
       and not exists (select 1 from work_instruction_reads d where d.instruction_id = @id and d.user_id = u.id)
     order by u.full_name`,
    { id: row.id, now: ctx.now_ms },
  );
  return {
    is_read_by_me: isReadByMe(ctx, row.id),
    reads: ctx.sql.all(
      `select u.full_name, d.read_at_ms from work_instruction_reads d join users u on u.id = d.user_id
       where d.instruction_id = ? order by d.read_at_ms desc`,
      [row.id],
    ),
    missing: missing.map(({ full_name }) => full_name),
  };
}

export function saveTool(ctx: CommandCtx, { tool_id, row_version, names, ...rest }: Input<'saveTool'>) {
  const values = { ...rest, tool_name: names.en, tool_names: names };
  const stored = tool_id
    ? ctx.update(tools, tool_id, values, row_version ?? undefined)
    : ctx.insert(tools, values);
  return { tool_id: stored.id };
}
