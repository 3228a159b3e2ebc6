import { asc, eq, inArray } from 'drizzle-orm';
import type { RowOf } from '../../../db/kit/define-table.ts';
import { instruments } from '../../../db/schema/quality.ts';
import { t } from '../../../db/sqlite/tables.ts';
import type { Instrument, inspections } from '../../../preload/contract/inspection.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';

type InstrumentRow = RowOf<typeof instruments>;
type Input = ParsedInputOf<(typeof inspections)['saveInstrument']>;

const shown = (row: InstrumentRow, today: string): Instrument => ({
  instrument_id: row.id,
  row_version: row.row_version,
  instrument_code: row.instrument_code,
  instrument_name: row.instrument_name,
  instrument_type: row.instrument_type,
  serial_number: row.serial_number,
  certificate_number: row.certificate_number,
  last_calibrated_on: row.last_calibrated_on,
  calibration_due_on: row.calibration_due_on,
  is_active: row.is_active,
  is_overdue: row.calibration_due_on < today,
});

export function listInstruments(ctx: ReadCtx) {
  const rows = ctx.db.select().from(t.instruments).orderBy(asc(t.instruments.instrument_code)).all();
  const today = ctx.today();
  return { instruments: rows.map(row => shown(row, today)), may_edit: ctx.actor.may('instruments:update') };
}

export function saveInstrument(
  ctx: CommandCtx,
  { instrument_id, row_version, instrument }: Input,
): Instrument {
  const { last_calibrated_on, calibration_due_on } = instrument;
  if (last_calibrated_on !== null && last_calibrated_on > calibration_due_on)
    refuse('instrument_dates_crossed', { last_calibrated_on, calibration_due_on });
  const row =
    instrument_id === null
      ? ctx.insert(instruments, instrument)
      : ctx.update(instruments, instrument_id, instrument, row_version ?? undefined);
  return shown(row, ctx.today());
}

/** Instruments as they are noted on a record. Refuses `row_not_found`, and `instrument_overdue` past its last day. */
export function instrumentsForUse(ctx: ReadCtx, ids: readonly InstrumentRow['id'][]) {
  const rows =
    ids.length === 0
      ? []
      : ctx.db
          .select()
          .from(t.instruments)
          .where(inArray(t.instruments.id, [...ids]))
          .all();
  return ids.map(id => {
    const row =
      rows.find(r => r.id === id && r.is_active) ?? refuse('row_not_found', { table: 'instruments', id });
    if (row.calibration_due_on < ctx.today())
      refuse('instrument_overdue', { instrument: row.instrument_code, due_on: row.calibration_due_on });
    const { instrument_code, instrument_name, instrument_type, serial_number, calibration_due_on } = row;
    return {
      instrument_id: id,
      instrument_code,
      instrument_name,
      instrument_type,
      serial_number,
      calibration_due_on,
    };
  });
}
/** Overdue since it was chosen? The calibration on file today decides. */
export function refuseOverdue(
  ctx: ReadCtx,
  used: readonly { instrument_id: string; instrument_code: string }[],
): void {
  for (const { instrument_id, instrument_code } of used) {
    const row = ctx.db
      .select()
      .from(t.instruments)
      .where(eq(t.instruments.id, instrument_id as InstrumentRow['id']))
      .get();
    if (row && row.calibration_due_on < ctx.today())
      refuse('instrument_overdue', { instrument: instrument_code, due_on: row.calibration_due_on });
  }
}
