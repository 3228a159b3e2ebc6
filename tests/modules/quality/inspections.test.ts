import { expect, test } from 'vitest';
import { orders } from '../../../db/schema/orders.ts';
import type { Answer } from '../../../preload/contract/inspection.ts';
import { ask, PASSWORD, refusalOf } from '../../support/station.ts';
import { oneBasin, twoBasins } from '../orders/order-support.ts';
import {
  ASSEMBLER,
  assignTo,
  attachDrawing,
  blank,
  buildAt,
  fillForm,
  openRows,
  QC,
  sign,
  signInput,
  thermometer,
} from './inspection-support.ts';

/** A pre-QC form of a two-basin build with every check answered well; the drawing is still missing. */
function preQc() {
  const { station, order_id } = buildAt('READY_FOR_PRE_QC', twoBasins);
  const qc = station.session('QC_INSPECTOR');
  const log_id = fillForm(station, qc, order_id, 'PRE_QC');
  const row = (code: string, index = 0) => {
    const found = openRows(station, qc, log_id).find(r => r.code === code && r.repeat_index === index);
    if (!found) throw new Error(`no row ${code}.${index}`);
    return found;
  };
  const save = (code: string, answer: Partial<Answer>, index = 0) =>
    ask(station, qc, 'quality.saveAnswer', {
      measurement_id: row(code, index).measurement_id,
      answer: { ...blank, ...answer },
    });

  return { station, order_id, qc, log_id, row, save };
}

test('answers of a pre-QC form: kept at once, judged by what the configuration calls for', () => {
  const { station, order_id, qc, log_id, row, save } = preQc();
  // opens once: the second call gives the same form

  expect(ask(station, qc, 'quality.openForm', { order_id, plan_type: 'PRE_QC' })).toEqual({
    log_id,
    is_new: false,
  });

  // shows a check that does not apply with its rule in words

  const pegboard = row('P06');
  expect(pegboard).toMatchObject({ is_applicable: false, state: 'not_applicable', rule: 'has_pegboard' });
  expect(pegboard.rule_words?.en).toContain('Pegboard');
  expect(
    refusalOf(station, qc, 'quality.saveAnswer', {
      measurement_id: pegboard.measurement_id,
      answer: { ...blank, measured_text: 'YES' },
    }),
  ).toBe('answer_not_applicable');

  // the drawing has to be attached before P05 counts

  expect(row('P05').state).toBe('file');
  expect(refusalOf(station, qc, 'quality.signForm', signInput(log_id, QC))).toBe('inspection_incomplete');
  attachDrawing(station, order_id);
  expect(row('P05').state).toBe('ok');

  // a measured number is kept exactly, the number of basins has to be the expected one

  save('P04-W', { measured_value_e6: 30_062_500 });
  expect(row('P04-W')).toMatchObject({ measured_value_e6: 30_062_500, state: 'ok', expected_value: '30' });
  expect(save('P02', { measured_value_e6: 3_000_000 }).progress).toMatchObject({
    failing: 1,
    result: 'FAIL',
  });
  expect(save('P02', { measured_value_e6: 2_000_000 }).progress.result).toBe('PASS');

  // N/A against the expected answer needs a note, the expected N/A does not

  expect(save('P10', { is_na: true }, 2).row).toMatchObject({ state: 'note', expected_value: 'YES' });
  expect(save('P10', { is_na: true, note: 'Button comes with the kit' }, 2).row.state).toBe('ok');
  expect(save('P10', { is_na: true }, 1).row).toMatchObject({ state: 'ok', expected_value: 'NA' });
  expect(
    refusalOf(station, qc, 'quality.saveAnswer', {
      measurement_id: row('P07').measurement_id,
      answer: { ...blank, is_na: true },
    }),
  ).toBe('na_not_possible');

  // another choice than the expected one needs a note; "Other" needs its words

  expect(save('P08', { measured_text: 'LEVELLING_FEET' }).row).toMatchObject({
    state: 'note',
    expected_value: 'CASTORS',
  });
  expect(save('P08', { measured_text: 'CASTORS' }).row.state).toBe('ok');
  expect(save('P12', { measured_text: 'OTHER' }, 1).row.state).toBe('text');
  expect(save('P12', { measured_text: 'OTHER', other_text: 'Left rear' }, 1).row.state).toBe('ok');
  expect(row('P13', 1).options.map(o => o.code)).toEqual(['CENTER', 'BETWEEN_1_2']);
  expect(
    refusalOf(station, qc, 'quality.saveAnswer', {
      measurement_id: row('P13', 1).measurement_id,
      answer: { ...blank, measured_text: 'BETWEEN_2_3' },
    }),
  ).toBe('answer_not_possible');
});

test('a signature seals the form; a wrong password keeps it; a correction is a linked revision', () => {
  const { station, order_id, qc, log_id, row } = preQc();
  attachDrawing(station, order_id);
  // a wrong password keeps every answer and is counted; PIN or password alone is not enough the first time

  const before = openRows(station, qc, log_id);
  expect(
    refusalOf(station, qc, 'quality.signForm', signInput(log_id, { ...QC, password: 'Wrong-Horse-7' })),
  ).toBe('password_wrong');
  expect(refusalOf(station, qc, 'quality.signForm', signInput(log_id, { password: PASSWORD }))).toBe(
    'signature_needs_user',
  );
  expect(
    refusalOf(
      station,
      qc,
      'quality.signForm',
      signInput(log_id, { username: 'planner', password: PASSWORD }),
    ),
  ).toBe('signature_other_user');
  expect(openRows(station, qc, log_id)).toEqual(before);
  const failed = station.readAsSystem(ctx =>
    ctx.sql.get<{ n: number }>("select failed_login_count as n from users where username = 'qc_inspector'"),
  );
  expect(failed?.n).toBe(1);

  // signing seals the record: signature with meaning and time, nothing changes any more

  const signed = sign(station, qc, log_id, QC);
  expect(signed.overall_result).toBe('PASS');
  expect(signed.signature).toMatchObject({
    signer_name: 'User QC_INSPECTOR',
    signer_initials: 'QC',
    meaning: 'INSPECTION_PASSED',
    signed_at: '2026-11-20 09:00 America/Toronto',
  });
  expect(signed.signature.signed_text).toMatch(
    /^User: User QC_INSPECTOR \(QC\) - ID: [0-9a-f-]{36} - Timestamp: 2026-11-20T14:00:00.000Z$/,
  );
  expect(signed.signature.declaration).toContain('I, User QC_INSPECTOR, declare on 2026-11-20 09:00');
  expect(row('P03')).toMatchObject({ measured_text: 'QC', state: 'ok' });
  expect(
    refusalOf(station, qc, 'quality.saveAnswer', {
      measurement_id: row('P07').measurement_id,
      answer: { ...blank, measured_text: 'NO' },
    }),
  ).toBe('inspection_signed');
  expect(refusalOf(station, qc, 'quality.signForm', signInput(log_id, QC))).toBe('inspection_signed');
  const sealed = ask(station, qc, 'quality.getForm', { log_id });
  expect(sealed).toMatchObject({ status: 'SIGNED', job_id: 'P01-0-1', may_fill: false, may_correct: true });
  expect(ask(station, qc, 'quality.verify', { order_id })).toEqual({ signatures: 1, findings: [] });

  // a correction is a linked revision with a reason; the second signature of the session needs the password alone

  const corrected = ask(station, qc, 'quality.correctForm', {
    log_id,
    reason: 'Width was read from the wrong end',
  }).log_id;
  expect(refusalOf(station, qc, 'quality.correctForm', { log_id, reason: 'again' })).toBe('correction_open');
  const width = openRows(station, qc, corrected).find(r => r.code === 'P04-W');
  if (!width) throw new Error('no row');
  ask(station, qc, 'quality.saveAnswer', {
    measurement_id: width.measurement_id,
    answer: { ...blank, measured_value_e6: 30_062_500 },
  });
  sign(station, qc, corrected, { password: PASSWORD });
  const form = ask(station, qc, 'quality.getForm', { log_id: corrected });
  expect(form).toMatchObject({
    correction_of_id: log_id,
    correction_reason: 'Width was read from the wrong end',
    attempt_no: 1,
    revision_no: 2,
  });
  expect(form.attempts.map(a => `${a.attempt_no}.${a.revision_no} ${a.status}`)).toEqual([
    '1.2 SIGNED',
    '1.1 SIGNED',
  ]);
  expect(row('P04-W').measured_value_e6).toBe(30_000_000);
  expect(ask(station, qc, 'quality.verify', {})).toEqual({ signatures: 2, findings: [] });
});

test('a failing form is signed as FAIL with what failed, and the next attempt follows', () => {
  const { station, order_id } = buildAt('READY_FOR_PRE_QC');
  const qc = station.session('QC_INSPECTOR');
  attachDrawing(station, order_id);
  const log_id = fillForm(station, qc, order_id, 'PRE_QC', { P07: { measured_text: 'NO' }, P01: null });
  expect(refusalOf(station, qc, 'quality.signForm', signInput(log_id, QC, 'PASS'))).toBe(
    'inspection_changed',
  );
  const input = signInput(log_id, QC, 'FAIL');
  expect(refusalOf(station, qc, 'quality.signForm', { ...input, failure: null })).toBe('failure_missing');
  expect(
    refusalOf(station, qc, 'quality.signForm', {
      ...input,
      failure: { ...input.failure, description: 'short' },
    }),
  ).toBe('ncr_description_short');
  expect(sign(station, qc, log_id, QC, 'FAIL').signature.declaration).toContain('does not conform');
  expect(ask(station, qc, 'quality.getForm', { log_id }).failure).toEqual(input.failure);
  const second = fillForm(station, qc, order_id, 'PRE_QC');
  expect(second).not.toBe(log_id);
  sign(station, qc, second, { password: PASSWORD });
  const [pre] = ask(station, qc, 'quality.forBuild', { order_id }).forms;
  expect(pre?.attempts.map(a => `${a.attempt_no} ${a.overall_result}`)).toEqual(['2 PASS', '1 FAIL']);
  const { rows, total } = ask(station, qc, 'quality.results', { overall_result: 'FAIL' });
  expect([total, rows[0]?.failure_category]).toEqual([1, 'DIMENSIONAL']);
});

test('forms of production: of one’s own build, in their order, with instruments inside their calibration', () => {
  const { station, order_id } = buildAt('READY_FOR_PRODUCTION', oneBasin);
  const [assembler, manager] = [station.session('OPERATOR'), station.session('PLANT_MANAGER')];
  const open = (plan_type: string) =>
    refusalOf(station, assembler, 'quality.openForm', { order_id, plan_type });
  expect(open('IN_PROCESS')).toBe('inspection_not_yours');
  assignTo(station, order_id, 'operator');
  expect(open('TEST')).toBe('production_check_missing');
  expect(open('PACKAGING')).toBe('inspection_not_due');
  sign(station, assembler, fillForm(station, assembler, order_id, 'IN_PROCESS'), ASSEMBLER);
  const test = fillForm(station, assembler, order_id, 'TEST');
  expect(refusalOf(station, assembler, 'quality.signForm', signInput(test, { password: PASSWORD }))).toBe(
    'instrument_missing',
  );
  const { instrument_id } = ask(station, manager, 'quality.saveInstrument', {
    instrument_id: null,
    row_version: null,
    instrument: { ...thermometer, calibration_due_on: '2026-11-20' },
  });
  ask(station, assembler, 'quality.setHeader', {
    log_id: test,
    notes: 'Line 2',
    instrument_ids: [instrument_id],
  });
  station.clock.forward(16 * 3_600_000);
  const later = station.session('OPERATOR');
  expect(refusalOf(station, later, 'quality.signForm', signInput(test, ASSEMBLER))).toBe(
    'instrument_overdue',
  );
  const [stored] = ask(station, station.session('ORG_ADMIN'), 'quality.instruments', {}).instruments;
  if (!stored) throw new Error('no instrument');
  const { row_version, is_overdue, instrument_id: id, ...facts } = stored;
  expect(is_overdue).toBe(true);
  ask(station, station.session('ORG_ADMIN'), 'quality.saveInstrument', {
    instrument_id: id,
    row_version,
    instrument: { ...facts, last_calibrated_on: '2026-11-20', calibration_due_on: '2027-11-20' },
  });
  expect(sign(station, later, test, ASSEMBLER).overall_result).toBe('PASS');
});

test('a value outside its limits fails the check; a serial number exists once', () => {
  const { station, order_id } = buildAt('READY_FOR_PRODUCTION', oneBasin);
  const assembler = station.session('OPERATOR');
  assignTo(station, order_id, 'operator');
  sign(station, assembler, fillForm(station, assembler, order_id, 'IN_PROCESS'), ASSEMBLER);
  const log_id = fillForm(station, assembler, order_id, 'TEST');
  const row = openRows(station, assembler, log_id).find(r => r.code === 'S2-B');
  if (!row) throw new Error('no row');
  const measure = (value_e6: number) =>
    ask(station, assembler, 'quality.saveAnswer', {
      measurement_id: row.measurement_id,
      answer: { ...blank, measured_text: 'YES', measured_value_e6: value_e6 },
    }).row.state;
  expect([35_900_000, 36_000_000, 44_000_000, 44_100_000].map(measure)).toEqual([
    'fails',
    'ok',
    'ok',
    'fails',
  ]);

  const other = buildAt('READY_FOR_PRODUCTION', oneBasin, station, 'PO-1002');
  assignTo(station, other.order_id, 'operator');
  sign(station, assembler, fillForm(station, assembler, other.order_id, 'IN_PROCESS'), {
    password: PASSWORD,
  });
  const next = ask(station, assembler, 'quality.openForm', {
    order_id: other.order_id,
    plan_type: 'TEST',
  }).log_id;
  const serial = openRows(station, assembler, next).find(r => r.code === 'SN-TS');
  const answer = (text: string) =>
    refusalOf(station, assembler, 'quality.saveAnswer', {
      measurement_id: serial?.measurement_id,
      answer: { ...blank, measured_text: text },
    });
  expect([answer('SN-TS-1-1'), answer('SN-TS-1-2')]).toEqual(['serial_taken', 'accepted']);
});

test('a revised configuration moves the rows of an open form and keeps its answers', () => {
  const { station, order_id } = buildAt('READY_FOR_PRE_QC', oneBasin);
  const qc = station.session('QC_INSPECTOR');
  const log_id = fillForm(station, qc, order_id, 'PRE_QC');
  station.asSystem('test.revise', ctx => {
    const order = ctx.sql.get<{ configuration: string }>('select configuration from orders where id = ?', [
      order_id,
    ]);
    const configuration = {
      ...JSON.parse(order?.configuration ?? '{}'),
      has_pegboard: true,
      pegboard_color: 'GREEN',
      pegboard_type: 'SOLID',
      pegboard_size_type: 'SAME_AS_SINK',
    };
    ctx.update(orders, order_id, { configuration, configuration_revision: 2 });
  });
  attachDrawing(station, order_id);
  expect(refusalOf(station, qc, 'quality.signForm', signInput(log_id, QC))).toBe('configuration_changed');
  ask(station, qc, 'quality.openForm', { order_id, plan_type: 'PRE_QC' });
  const rows = openRows(station, qc, log_id);
  expect(rows.find(r => r.code === 'P06')).toMatchObject({ is_applicable: true, state: 'open' });
  expect(rows.find(r => r.code === 'P01')?.measured_text).toBe('P01-0-1');
});

test('packing is complete when every line is packed or mounted; never more than is needed', () => {
  const { station, order_id } = buildAt('TESTING_COMPLETE', twoBasins);
  const assembler = station.session('OPERATOR');
  assignTo(station, order_id, 'operator');
  const log_id = fillForm(station, assembler, order_id, 'PACKAGING', { K14: { measured_text: 'MOUNTED' } });
  const rows = openRows(station, assembler, log_id);
  const expected = (code: string) => rows.find(r => r.code === code && r.is_applicable)?.expected_value;
  expect(['K01', 'K02', 'K04', 'K05', 'K08', 'K14'].map(expected)).toEqual(['1', '2', '4', '1', '1', '1']);
  expect(rows.find(r => r.code === 'K18')).toMatchObject({
    repeat_index: 1,
    expected_value: '2',
    item_label: expect.stringContaining('T-OA-BINRAIL-36-KIT'),
  });
  const clamps = rows.find(r => r.code === 'K04');
  const pack = (value_e6: number) =>
    refusalOf(station, assembler, 'quality.saveAnswer', {
      measurement_id: clamps?.measurement_id,
      answer: { ...blank, measured_value_e6: value_e6 },
    });
  expect(pack(5_000_000)).toBe('packed_too_many');
  pack(3_000_000);
  expect(refusalOf(station, assembler, 'quality.signForm', signInput(log_id, ASSEMBLER))).toBe(
    'inspection_incomplete',
  );
  pack(4_000_000);
  expect(sign(station, assembler, log_id, ASSEMBLER).overall_result).toBe('PASS');
});
