import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import type { centreFacts, replication, replicationStatus } from '../../../preload/contract/replication.ts';
import type { CommandCtx } from '../../rpc/context.ts';
import type { DeliveryPorts, Handlers } from '../../rpc/handlers.ts';
import * as conflicts from './conflicts.service.ts';
import * as resolving from './resolving.service.ts';
import * as status from './status.service.ts';

const MOST_ANSWER_BYTES = 512 * 1024 * 1024;
type Metadata = Record<string, string | number | boolean | null>;

function record(ctx: CommandCtx, what: string, identifier: string | null, metadata: Metadata = {}): void {
  ctx.record({
    action: 'SYSTEM',
    category: 'replication',
    entity_type: 'replication',
    entity_identifier: identifier ?? what,
    metadata: { ...metadata, what },
  });
}
const place = (s: z.output<typeof replicationStatus> | z.output<typeof centreFacts>): string | null =>
  'host' in s ? `${s.host}:${s.port}` : s.centre && `${s.centre.host}:${s.centre.port}`;

export const replicationProcedures: Handlers<typeof replication> = {
  status: status.status,
  unsent: status.unsent,
  waiting: status.waiting,
  syncNow: {
    deliver: ({ replication }) => replication.syncNow(),
    finish: (_ctx, made) => made,
  },

  probe: {
    deliver: ({ replication }, _, input) => replication.probe(input.enrolment_code),
    finish: (ctx, facts: z.output<typeof centreFacts>) => {
      record(ctx, 'probe', place(facts), { organization: facts.org_code, station: facts.station_code });
      return facts;
    },
  },
  join: {
    deliver: async ({ replication, progress }, _, input) => {
      await replication.join(input.enrolment_code, input.bring_rows, progress);
      return replication.status();
    },
    finish: (ctx, made: z.output<typeof replicationStatus>, input) => {
      // Who joined a centre to start from its rows may have no account there.
      if (!status.hasAccount(ctx)) return made;
      record(ctx, 'join', place(made), {
        organization: made.centre?.org_code ?? null,
        station: made.centre?.station_code ?? null,
        brought_rows: input.bring_rows,
      });
      return made;
    },
  },
  renew: {
    deliver: async ({ replication, progress }, _, input) => {
      await replication.renew(input.enrolment_code, progress);
      return replication.status();
    },
    finish: (ctx, made: z.output<typeof replicationStatus>) => {
      record(ctx, 'renew', place(made), { station: made.centre?.station_code ?? null });
      return made;
    },
  },
  leave: {
    deliver: async ({ replication }, _, input) => {
      await replication.leave(input.forget_queue);
      return replication.status();
    },
    finish: (ctx, made, input) => {
      ctx.because(input.reason);
      record(ctx, 'leave', null, { forgot_queue: input.forget_queue });
      return made;
    },
  },
  stations: {
    deliver: ({ replication }) => replication.stations(),
    finish: (_ctx, made) => made,
  },
  checkIntegrity: {
    deliver: ({ replication, progress }) => replication.checkIntegrity(progress),
    finish: (ctx, made) => {
      record(ctx, 'check_integrity', null, { is_equal: made.is_equal });
      return made;
    },
  },
  repair: {
    deliver: ({ replication, progress }) => replication.repair(progress),
    finish: (ctx, made) => {
      record(ctx, 'repair', null, { rows: made.repaired_rows, is_equal: made.is_equal });
      return made;
    },
  },
  exportQueue: {
    deliver: ports => Promise.resolve(writtenQueue(ports)),
    finish: (ctx, made: ReturnType<typeof writtenQueue>) => {
      record(ctx, 'export_queue', made.name, { units: made.units });
      const ticket = ctx.offerDownload({ path: made.file, name: made.name, mime_type: 'application/gzip' });
      return { ticket, name: made.name, units: made.units };
    },
  },
  prepareAnswer: ctx => ({ ticket: ctx.expectUpload(MOST_ANSWER_BYTES) }),
  importAnswer: {
    deliver: ({ replication, uploaded, progress }, _, input) =>
      replication.importAnswer(uploaded(input.ticket), progress),
    finish: (ctx, made) => {
      record(ctx, 'import_answer', null, made);
      return made;
    },
  },

  listConflicts: conflicts.listConflicts,
  conflict: conflicts.conflict,
  resolveConflict: resolving.resolveConflict,
};

/** In a folder of its own among those of the jobs, which are cleared away after an hour. */
function writtenQueue({ replication, work_folder }: DeliveryPorts) {
  const station = replication.status().centre?.station_code ?? '';
  const name = `queue-${station.replaceAll(/[^\w-]/g, '_')}.json.gz`;
  const file = path.join(mkdtempSync(path.join(work_folder, 'job-')), name);
  return { file, name, ...replication.exportQueue(file) };
}
