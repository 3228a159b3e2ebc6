import { expect, test } from 'vitest';
import type { Answer } from '../../../preload/contract/inspection.ts';
import { ask, PASSWORD, refusalOf } from '../../support/station.ts';
import { twoBasins } from '../orders/order-support.ts';
import { buildOnTheFloor } from '../production/work-support.ts';
import { ASSEMBLER, blank, fillForm, openRows, sign, thermometer } from './inspection-support.ts';

test('the test form and the build have one store of serial numbers: either shows what the other captured', () => {
  const { station, order_id, assembler, admin, generate, task } = buildOnTheFloor({
    ...twoBasins,
    basins: [
      { basin_type: 'E_SINK', size: '24X20X8' },
      { basin_type: 'E_SINK', size: '24X20X8' },
    ],
  });
  generate();
  sign(station, assembler, fillForm(station, assembler, order_id, 'IN_PROCESS'), ASSEMBLER);
  let { log_id } = ask(station, assembler, 'quality.openForm', { order_id, plan_type: 'TEST' });
  const row = (code: string, basin: number) => {
    const found = openRows(station, assembler, log_id).find(r => r.code === code && r.repeat_index === basin);
    if (!found) throw new Error(`no row ${code}.${basin}`);
    return found;
  };
  const input = (code: string, basin: number, answer: Partial<Answer>) => ({
    measurement_id: row(code, basin).measurement_id,
    answer: { ...blank, ...answer },
  });
  const type = (code: string, basin: number, answer: Partial<Answer>) =>
    ask(station, assembler, 'quality.saveAnswer', input(code, basin, answer)).row;
  const refused = (code: string, basin: number, measured_text: string) =>
    refusalOf(station, assembler, 'quality.saveAnswer', input(code, basin, { measured_text }));
  const slots = () =>
    ask(station, assembler, 'traceability.serials', { order_id }).slots.map(
      slot => `${slot.material_number} ${slot.basin_index ?? '-'} ${slot.serial?.serial_number ?? ''}`,
    );
  const capture = (material_number: string, basin_index: number | null, serial_number: string, at?: string) =>
    ask(station, assembler, 'traceability.captureSerial', {
      order_id,
      material_number,
      basin_index,
      serial_number,
      ...(at ? { task_id: task(at).task_id } : {}),
    });

  capture('T2-TS7', 2, 'ts-0002', 'B8.2');
  expect(row('SN-TS', 1).state).toBe('open');
  expect(row('SN-TS', 2)).toMatchObject({ state: 'ok', measured_text: 'TS-0002', from_task_code: 'B8.2' });
  expect(type('SN-TS', 1, { measured_text: ' ts-0001 ' })).toMatchObject({
    measured_text: 'TS-0001',
    from_task_code: null,
  });
  // One plate is a variant of the part the form names; one control box stands in the rows of both basins.
  type('SN-VP', 1, { measured_text: 'VP-1' });
  type('SN-CB', 2, { measured_text: 'CB-1' });
  expect(row('SN-CB', 1)).toMatchObject({ state: 'ok', measured_text: 'CB-1' });
  expect(
    slots()
      .filter(slot => !slot.endsWith(' '))
      .sort(),
  ).toEqual(['T2-CTRL-ESK2 - CB-1', 'T2-TS7 1 TS-0001', 'T2-TS7 2 TS-0002', 'T2-VALVE-PLATE-AUK 1 VP-1']);
  expect([refused('SN-TS', 1, 'TS-0002'), refused('SN-TS', 1, 'TS\u00071')]).toEqual([
    'serial_taken',
    'serial_invalid',
  ]);
  // A note captures nothing; an emptied field takes the part out, and it is free again.
  expect(type('SN-TS', 1, { measured_text: 'TS-0001', note: 'Scratched' }).note).toBe('Scratched');
  expect(type('SN-TS', 1, { measured_text: null }).state).toBe('open');
  expect(type('SN-TS', 1, { measured_text: 'TS-0001' }).measured_text).toBe('TS-0001');

  const { instrument_id } = ask(station, admin, 'quality.saveInstrument', {
    instrument_id: null,
    row_version: null,
    instrument: thermometer,
  });
  ask(station, assembler, 'quality.setHeader', { log_id, notes: null, instrument_ids: [instrument_id] });
  fillForm(station, assembler, order_id, 'TEST', { 'SN-TS': null, 'SN-CB': null });
  expect(ask(station, assembler, 'traceability.serials', { order_id }).missing).toBe(0);
  sign(station, assembler, log_id, { password: PASSWORD });
  // Sealed: another part in its place changes the build and not the record.
  const first = log_id;
  const screen = ask(station, assembler, 'traceability.serials', { order_id }).slots.find(
    slot => slot.serial?.serial_number === 'TS-0002',
  );
  ask(station, assembler, 'traceability.captureSerial', {
    order_id,
    material_number: 'T2-TS7',
    basin_index: 2,
    serial_number: 'TS-0009',
    replaces_id: screen?.serial?.serial_id ?? null,
  });
  expect(row('SN-TS', 2)).toMatchObject({ measured_text: 'TS-0002', from_task_code: 'B8.2' });
  // A correction keeps what the record says until somebody types another number.
  log_id = ask(station, assembler, 'quality.correctForm', { log_id, reason: 'Misread plate' }).log_id;
  expect(row('SN-TS', 2).measured_text).toBe('TS-0002');
  type('SN-TS', 1, { measured_text: 'TS-0007' });
  expect(slots()).toContain('T2-TS7 1 TS-0007');
  sign(station, assembler, log_id, { password: PASSWORD });
  expect([row('SN-TS', 1).measured_text, row('SN-TS', 2).measured_text]).toEqual(['TS-0007', 'TS-0002']);
  expect(first).not.toBe(log_id);
  expect(ask(station, assembler, 'quality.verify', { order_id }).findings).toEqual([]);
});
