import type { catalogue } from '../../../preload/contract/catalogue.ts';
import type { Failure, OutputOf, ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import type { JobCtx } from '../../rpc/handlers.ts';
import { notify } from '../infrastructure/notifications.service.ts';
import { applyImport, type ImportPlan, planImport } from './import.service.ts';

type Input = ParsedInputOf<typeof catalogue.importCatalogue>;
const MOST_REPORTED = 2000;

/** In a job thread: reading and judging; the database is not written. */
export async function planImportJob(ctx: JobCtx, input: Input): Promise<ImportPlan> {
  ctx.progress('checking', 0, 2);
  const plan = planImport(
    ctx,
    input.files,
    input.files
      .map(({ name }) => name)
      .join(', ')
      .slice(0, 255),
  );
  ctx.progress(input.dry_run ? 'checking' : 'writing', 1, 2);
  return plan;
}

export function finishImport(
  ctx: CommandCtx,
  plan: ImportPlan,
  { dry_run }: Input,
): OutputOf<typeof catalogue.importCatalogue> {
  const { errors, warnings, changes, changes_total, report } = dry_run ? plan : applyImport(ctx, plan);
  if (!dry_run)
    notify(ctx, {
      roles: ['ORG_ADMIN'],
      type: 'SYSTEM_UPDATE',
      message_code: 'catalogue:notices.import_finished',
      message_values: { source: plan.source_name, count: changes_total, by: ctx.actor.full_name },
    });
  return {
    dry_run,
    errors,
    warnings,
    changes: { ...changes },
    changes_total,
    report: report.slice(0, MOST_REPORTED),
  };
}

export function failedImport(ctx: CommandCtx, failure: Failure, { dry_run, files }: Input): void {
  if (dry_run) return;
  notify(ctx, {
    roles: ['ORG_ADMIN'],
    type: 'ERROR',
    message_code: 'catalogue:notices.import_failed',
    message_values: {
      source: files
        .map(({ name }) => name)
        .join(', ')
        .slice(0, 255),
      by: ctx.actor.full_name,
      code: failure.code,
    },
  });
}

type Stored = OutputOf<typeof catalogue.listImports>['imports'][number];
export function listImports(ctx: ReadCtx): OutputOf<typeof catalogue.listImports> {
  const rows = ctx.sql.all<Omit<Stored, 'changes' | 'report'> & { counts: string; report: string }>(
    `select i.id as import_id, i.source_name, i.created_at_ms, coalesce(u.full_name, '') as created_by_name, i.counts, i.report
     from catalogue_imports i left join users u on u.id = i.created_by where i.organization_id = ? order by i.created_at_ms desc limit 20`,
    [ctx.organization_id],
  );
  return {
    imports: rows.map(({ counts, report, ...row }) => ({
      ...row,
      changes: JSON.parse(counts),
      report: JSON.parse(report),
    })),
  };
}
