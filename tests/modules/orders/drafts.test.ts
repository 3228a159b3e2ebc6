import { expect, test } from 'vitest';
import { compose } from '../../../main/compose.ts';
import { silentLog } from '../../../main/platform/log.ts';
import { ask, countedIds, refusalOf, signIn, temporaryFolder, testStation } from '../../support/station.ts';
import { draftOf, oneBasin, orderStation, twoBuilds } from './order-support.ts';

test('a half-typed order survives the end of the program', async () => {
  const data_folder = temporaryFolder();
  const { next } = countedIds();
  const station = testStation({ data_folder, ids: { next } });
  const half = {
    step: 3,
    family: 'MDRD',
    header: { order_number: 'P' },
    builds: [{ configuration: { sink_model: 'T2-B2', basins: [{}] } }],
  };
  const { draft_id } = ask(station, station.session('PLANNER'), 'orders.saveDraft', { draft: half });
  await station.close();

  const again = compose({
    data_folder,
    ids: { next },
    clock: station.clock,
    log: silentLog,
    check_outputs: true,
  });
  const session = signIn(again, 'planner');
  expect(ask(again, session, 'orders.listDrafts', {}).drafts).toMatchObject([
    { draft_id, order_number: 'P', step: 3, builds: 1 },
  ]);
  const { draft } = ask(again, session, 'orders.getDraft', { draft_id });
  expect(draft).toMatchObject({ ...half, add_to_existing: false, files: [] });
  await again.close();
});

test('a draft is overwritten, belongs to one person and can be thrown away', () => {
  const station = orderStation();
  const planner = station.session('PLANNER');
  const admin = station.session('ORG_ADMIN');
  const { draft_id } = ask(station, planner, 'orders.saveDraft', { draft: draftOf([]) });
  ask(station, planner, 'orders.saveDraft', { draft_id, draft: draftOf(twoBuilds) });
  expect(ask(station, planner, 'orders.getDraft', { draft_id }).draft.builds).toHaveLength(2);
  expect(ask(station, planner, 'orders.listDrafts', {}).drafts).toHaveLength(1);
  expect(refusalOf(station, admin, 'orders.getDraft', { draft_id })).toBe('draft_unknown');
  expect(refusalOf(station, admin, 'orders.saveDraft', { draft_id, draft: draftOf([]) })).toBe(
    'draft_unknown',
  );
  expect(refusalOf(station, admin, 'orders.discardDraft', { draft_id })).toBe('draft_unknown');
  expect(refusalOf(station, admin, 'orders.submit', { draft_id })).toBe('draft_unknown');
  ask(station, planner, 'orders.discardDraft', { draft_id });
  expect(refusalOf(station, planner, 'orders.getDraft', { draft_id })).toBe('draft_unknown');
});

test('too long and malformed drafts are refused at the door', () => {
  const station = orderStation();
  const planner = station.session('PLANNER');
  const save = (draft: unknown) => refusalOf(station, planner, 'orders.saveDraft', { draft });
  expect(save({ ...draftOf([]), header: { notes: 'x'.repeat(10_001) } })).toBe('invalid_input');
  expect(save(draftOf([{ build_number: 'B', configuration: { sink_model: 'x'.repeat(1_000_001) } }]))).toBe(
    'invalid_input',
  );
  const deep = JSON.parse(`${'['.repeat(10_000)}${']'.repeat(10_000)}`);
  expect(save(draftOf([{ build_number: 'B', configuration: { basins: deep } }]))).toBe('invalid_input');
  expect(save({ builds: 'none' })).toBe('invalid_input');
  expect(save({})).toBe('accepted');
  for (let made = 1; made < 200; made++) ask(station, planner, 'orders.saveDraft', { draft: {} });
  expect(save({})).toBe('too_many_drafts');
});

test('the form, the families and one answer at a time', () => {
  const station = orderStation();
  const planner = station.session('PLANNER');
  expect(
    ask(station, planner, 'orders.families', {}).families.map(({ family, released }) => [family, released]),
  ).toEqual([
    ['MDRD', true],
    ['ENDOSCOPE', false],
    ['INSTROSINK', false],
  ]);
  expect(refusalOf(station, planner, 'orders.form', { family: 'NONE' })).toBe('product_model_unknown');
  expect(ask(station, planner, 'orders.form', { family: 'MDRD' }).fields.map(({ name }) => name)).toContain(
    'sink_model',
  );
  const step = (configuration: Record<string, unknown>, path: string, value: string | number) =>
    ask(station, planner, 'orders.answer', {
      family: 'MDRD',
      configuration,
      path,
      value,
      header: { document_language: 'SP', want_on: '2027-01-01' },
    });
  const chosen = step({}, 'sink_model', 'T2-B2');
  expect(chosen.configuration.basins).toHaveLength(2);
  expect(chosen.bom.rows[0]?.item_id).toBe('T2-STD-MANUAL-SP-KIT');
  const done = step({ ...oneBasin }, 'sink_length_in', 61);
  expect(done.evaluation.submittable).toBe(true);
  expect(done.bom.rows.map(row => row.item_id)).toContain('T2-BODY-61-72-HA');
  expect(done.bom.totals.rows).toBe(done.bom.rows.length);
  expect(
    refusalOf(station, planner, 'orders.answer', {
      family: 'MDRD',
      configuration: {},
      path: 'nothing',
      value: 1,
    }),
  ).toBe('answer_path_unknown');
  const other = ask(station, planner, 'orders.evaluate', { family: 'ENDOSCOPE', configuration: {} });
  expect(other.evaluation.verdicts.map(({ rule }) => rule)).toEqual(['NOT_RELEASED']);
});

test('a copy brings everything but what belongs to the order, accessories on wish', () => {
  const station = orderStation();
  const planner = station.session('PLANNER');
  const source = twoBuilds[1]?.configuration ?? {};
  const copy = (more = {}) =>
    ask(station, planner, 'orders.copyConfiguration', { family: 'MDRD', source, ...more });
  const plain = copy();
  expect(plain.replaces_answers).toBe(false);
  expect(plain.configuration).toMatchObject({
    sink_model: 'T2-B2',
    basins: [{ basin_type: 'E_SINK' }, { basin_type: 'E_DRAIN' }],
    accessories: [{ item_id: 'T-OA-BINRAIL-36-KIT', quantity: 2 }],
  });
  expect(plain.preview.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['sink_model', 'sink_length_in', 'basins[0].basin_type', 'basins[1].basin_type']),
  );
  expect(Object.fromEntries(plain.counts.map(({ group, count }) => [group, count]))).toEqual({
    basins: 2,
    faucets: 1,
    sprayers: 0,
    accessories: 1,
  });
  const own = { accessories: [{ item_id: 'T-OA-PB-SS-2GLOVE', quantity: 1 }] };
  const kept = copy({ target: own, with_accessories: false });
  expect(kept.replaces_answers).toBe(true);
  expect(kept.configuration.accessories).toMatchObject(own.accessories);
  expect(
    refusalOf(station, planner, 'orders.copyConfiguration', {
      family: 'MDRD',
      source: { sink_model: 'T2-B1' },
    }),
  ).toBe('copy_source_incomplete');
});
