import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanNumber, filled, isListed } from '../../../main/modules/traceability/serials.rules.ts';
import { serialsMissing } from '../../../main/modules/traceability/serials.service.ts';
import { ask, askJob, refusalOf } from '../../support/station.ts';
import { draftOf, oneBasin, submitDraft, twoBasins } from '../orders/order-support.ts';
import { buildOnTheFloor, patchOrder, userNamed } from '../production/work-support.ts';
import { fileOf, readWithExceljs } from '../reporting/workbook-support.ts';

test('a build asks for its serial numbers by basin; each is captured once, anywhere once only', () => {
  const { station, assembler, planner, admin, order_id } = buildOnTheFloor({
    ...twoBasins,
    basins: [
      { basin_type: 'E_SINK', size: '24X20X8' },
      { basin_type: 'E_SINK', size: '24X20X8' },
    ],
  });
  const serials = () => ask(station, assembler, 'traceability.serials', { order_id });
  const places = serials().slots.map(slot => `${slot.material_number} ${slot.basin_index ?? '-'}`);
  expect(places.sort()).toEqual([
    'T2-CTRL-ESK2 -',
    'T2-TS7 1',
    'T2-TS7 2',
    'T2-VALVE-PLATE-AUK 1',
    'T2-VALVE-PLATE-AUK 2',
    'T8-DOSINGESK 1',
    'T8-DOSINGESK 2',
  ]);
  expect(station.readAsSystem(ctx => serialsMissing(ctx, order_id))).toHaveLength(7);
  const capture = (serial_number: string, basin_index: number | null, more: object = {}) =>
    refusalOf(station, assembler, 'traceability.captureSerial', {
      order_id,
      material_number: 'T2-TS7',
      basin_index,
      serial_number,
      ...more,
    });
  expect(capture(' ts7-0042 ', 1)).toBe('accepted');
  expect(serials().slots.find(slot => slot.material_number === 'T2-TS7')?.serial).toMatchObject({
    serial_number: 'TS7-0042',
    captured_by_name: 'User OPERATOR',
  });
  expect(capture('TS7-0042', 2)).toBe('serial_taken');
  expect(capture('TS7-0043', 1)).toBe('serials_complete');
  expect(capture('TS7\u00070044', 2)).toBe('serial_invalid');
  expect(capture('TS7-0043', 2)).toBe('accepted');
  expect(capture('X1', 1, { material_number: 'T2-NO-SUCH' })).toBe('part_not_in_build');
  expect(serials().missing).toBe(5);
  // A wrong scan is put right by the number that takes its place; the part may go into another build.
  const first = serials().slots.find(slot => slot.serial?.serial_number === 'TS7-0042')?.serial;
  expect(capture('TS7-0099', 1, { replaces_id: first?.serial_id })).toBe('accepted');
  expect(serials().missing).toBe(5);
  const { builds } = submitDraft(
    station,
    planner,
    draftOf([{ build_number: 'BUILD-009', configuration: oneBasin }], { order_number: 'PO-2002' }),
  );
  const other = builds[0]?.order_id ?? order_id;
  patchOrder(station, other, {
    order_status: 'READY_FOR_PRODUCTION',
    current_assignee_id: userNamed(station, 'operator'),
  });
  expect(capture('TS7-0042', 1, { order_id: other })).toBe('accepted');
  expect(capture('TS7-0099', 1, { order_id: other })).toBe('serial_taken');
  const built = ask(station, assembler, 'traceability.asBuilt', { order_id });
  const screens = built.rows.filter(row => row.item_id === 'T2-TS7');
  expect(screens.flatMap(row => row.serials.map(serial => serial.serial_number)).sort()).toEqual([
    'TS7-0043',
    'TS7-0099',
  ]);
  const wrong = serials().slots.find(slot => slot.serial?.serial_number === 'TS7-0043')?.serial;
  ask(station, admin, 'traceability.releaseSerial', {
    serial_id: wrong?.serial_id as never,
    reason: 'Broken glass',
    is_scrapped: true,
  });
  expect(serials().missing).toBe(6);
});

test('batches are kept with the part; service finds the build and its parts by a serial number', async () => {
  const { station, assembler, planner, order_id } = buildOnTheFloor();
  const batch = { order_id, material_number: 'T2-ADW-BASIN24X20X8', basin_index: 1, batch_number: 'L-77' };
  const capture = () => refusalOf(station, assembler, 'traceability.captureBatch', batch);
  expect([capture(), capture()]).toEqual(['accepted', 'batch_known']);
  ask(station, assembler, 'traceability.captureSerial', {
    order_id,
    material_number: 'T2-TS7',
    basin_index: 1,
    serial_number: 'TS7-1',
  });
  const { rows } = ask(station, assembler, 'traceability.asBuilt', { order_id });
  expect(rows.flatMap(row => row.batches.map(b => `${row.item_id} ${b.batch_number}`))).toEqual([
    'T2-ADW-BASIN24X20X8 L-77',
  ]);
  const made = await askJob(station, planner, 'reporting.exportAsBuilt', { order_id });
  expect(made.rows).toBe(rows.length);
  const sheet = (await readWithExceljs(fileOf(station, made.ticket))).getWorksheet('As built');
  const heads = sheet?.getRow(1).values as string[];
  const [batches, numbers] = ['Batch numbers', 'Serial numbers'].map(
    head => sheet?.getColumn(heads.indexOf(head)).values ?? [],
  );
  expect([batches?.includes('L-77'), numbers?.includes('TS7-1')]).toEqual([true, true]);
  const service = station.session('SERVICE');
  const fitting = (text: string) => ask(station, service, 'traceability.partsThatFit', { text }).builds;
  expect(fitting('ts7-1')[0]).toMatchObject({ build_number: 'BUILD-001', matched: 'TS7-1' });
  const part = fitting('build-001')[0]?.parts.find(found => found.material_number === 'T2-TS7');
  expect(part?.serial_numbers).toEqual(['TS7-1']);
  expect(fitting('TS7-9')).toEqual([]);
});

test('who may capture: the assembler of the build and administrators', () => {
  const { station, order_id } = buildOnTheFloor();
  const roles = ['PLANNER', 'ORG_ADMIN', 'PROCUREMENT', 'QC_INSPECTOR', 'OPERATOR', 'SERVICE'];
  const answers = roles.map((role, at) =>
    refusalOf(station, station.session(role), 'traceability.captureBatch', {
      order_id,
      material_number: 'T2-TS7',
      basin_index: 1,
      batch_number: `L-${at}`,
    }),
  );
  const no = 'not_allowed';
  expect(answers).toEqual([no, 'accepted', no, no, 'accepted', no]);
});

test('however numbers are typed: cleaning is stable, and every captured number is in a place or left over', () => {
  fc.assert(
    fc.property(fc.string(), typed => {
      expect(cleanNumber(cleanNumber(typed))).toBe(cleanNumber(typed));
    }),
  );
  const located = fc.record({
    material_number: fc.constantFrom('A', 'B'),
    basin_index: fc.constantFrom(null, 1, 2),
  });
  fc.assert(
    fc.property(fc.array(located), fc.array(located), (wanted, captured) => {
      const places = wanted.map(place => ({ ...place, row_no: 1, name: '', unit_no: 1 }));
      const { slots, surplus } = filled(places, captured);
      const placed = slots.flatMap(slot => (slot.serial ? [slot.serial] : []));
      expect(placed.length + surplus.length).toBe(captured.length);
      for (const slot of slots)
        if (slot.serial) expect(slot.serial).toMatchObject({ basin_index: slot.basin_index });
      // Nothing is left over while a place of its kind is empty.
      for (const extra of surplus)
        expect(
          slots.some(
            slot =>
              slot.serial === null &&
              slot.material_number === extra.material_number &&
              slot.basin_index === extra.basin_index,
          ),
        ).toBe(false);
    }),
  );
  expect(isListed('T2-CTRL-ESK1', ['T2-CTRL-E*'])).toBe(true);
  expect(isListed('T2-CTRL-BOX-BRKT', ['T2-CTRL-E*'])).toBe(false);
});
