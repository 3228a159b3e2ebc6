import { afterAll, describe, expect, test } from 'vitest';
import type { Id } from '../../../db/kit/columns.ts';
import { bom_headers, bom_lines } from '../../../db/schema/catalogue.ts';
import { file_uploads } from '../../../db/schema/infrastructure.ts';
import { ask, refusalOf } from '../../support/station.ts';
import { draftOf, oneBasin, orderStation, submitDraft, twoBasins, twoBuilds } from './order-support.ts';

type Station = ReturnType<typeof orderStation>;
const rows = (station: Station, sql: string) =>
  station.readAsSystem(ctx => ctx.sql.all<Record<string, unknown>>(sql));
const count = (station: Station, table: string) =>
  Number(rows(station, `select count(*) as n from ${table}`)[0]?.n);
const written = [
  'orders',
  'order_config_items',
  'order_revisions',
  'workflow_history',
  'bom_headers',
  'bom_lines',
  'notifications',
];
const counts = (station: Station) => Object.fromEntries(written.map(table => [table, count(station, table)]));

test('two builds are submitted in one transaction with everything that belongs to them', () => {
  const station = orderStation();
  const planner = station.session('PLANNER');
  const mastersBefore = counts(station);
  const submitted = submitDraft(station, planner, draftOf(twoBuilds));

  expect(submitted.builds.map(build => build.build_number)).toEqual(['BUILD-001', 'BUILD-002']);
  expect(submitted.warnings.map(({ code }) => code)).toEqual(['po_document_missing', 'drawing_missing']);
  expect(
    rows(
      station,
      'select order_number, build_number, customer_name, project_name, order_status, configuration_revision, bom_id from orders order by build_number',
    ),
  ).toEqual(
    ['BUILD-001', 'BUILD-002'].map(build_number => ({
      order_number: 'PO-1001',
      build_number,
      customer_name: 'Lakeshore Hospital',
      project_name: null,
      order_status: 'ORDER_CREATED',
      configuration_revision: 1,
      bom_id: null,
    })),
  );
  const items = rows(
    station,
    'select o.build_number, i.item_kind, i.item_index, i.quantity_e6, m.material_number from order_config_items i join orders o on o.id = i.order_id left join materials m on m.id = i.material_id order by 1, 2, 3',
  );
  const item = (
    build_number: string,
    item_kind: string,
    item_index = 1,
    quantity_e6 = 1_000_000,
    material_number: string | null = null,
  ) => ({ build_number, item_kind, item_index, quantity_e6, material_number });
  expect(items).toEqual([
    item('BUILD-001', 'BASIN'),
    item('BUILD-001', 'FAUCET'),
    item('BUILD-002', 'ACCESSORY', 1, 2_000_000, 'T-OA-BINRAIL-36-KIT'),
    item('BUILD-002', 'BASIN'),
    item('BUILD-002', 'BASIN', 2),
    item('BUILD-002', 'FAUCET'),
  ]);
  expect(rows(station, 'select revision_no from order_revisions')).toEqual([
    { revision_no: 1 },
    { revision_no: 1 },
  ]);
  expect(
    rows(
      station,
      "select event_type, action, from_status, to_status from workflow_history where entity_type = 'orders'",
    ),
  ).toEqual(
    Array(2).fill({
      event_type: 'start',
      action: 'ORDER_CREATED',
      from_status: null,
      to_status: 'ORDER_CREATED',
    }),
  );
  expect(
    rows(
      station,
      "select bom_version, status, configuration_revision from bom_headers where scope = 'ORDER'",
    ),
  ).toEqual(Array(2).fill({ bom_version: 1, status: 'DRAFT', configuration_revision: 1 }));
  expect(count(station, 'order_drafts')).toBe(0);

  for (const build of submitted.builds) {
    const { rows: tree, totals, header: bom } = ask(station, planner, 'bom.get', { bom_id: build.bom_id });
    expect(tree).toHaveLength(build.rows);
    expect(totals.rows).toBe(build.rows);
    expect(bom).toMatchObject({
      order_number: 'PO-1001',
      build_number: build.build_number,
      status: 'DRAFT',
      bom_version: 1,
    });
    expect(tree.filter(row => row.level === 0).every(row => row.causes.length > 0)).toBe(true);
    const page = ask(station, planner, 'orders.get', { order_id: build.order_id });
    const preview = ask(station, planner, 'orders.evaluate', {
      family: 'MDRD',
      configuration: page.configuration,
    });
    const bare = ({ line_id: _line, ...row }: (typeof tree)[number]) => row;
    expect(tree.map(bare)).toEqual(preview.bom.rows.map(bare));
    expect(page.evaluation?.normalized).toEqual(page.configuration);
  }
  const audited = rows(
    station,
    "select entity_type, count(*) as n from audit_logs where intent = 'orders.submit' group by 1 order by 1",
  );
  const after = counts(station);
  const made = (table: string) => Number(after[table]) - Number(mastersBefore[table]);
  expect(audited).toEqual(
    ['bom_headers', 'bom_lines', 'order_config_items', 'order_revisions', 'orders', 'workflow_history'].map(
      entity_type => ({ entity_type, n: made(entity_type) }),
    ),
  );
  const told = rows(
    station,
    'select u.username, n.message_code, n.notification_type from notifications n join users u on u.id = n.user_id',
  );
  expect(told).toEqual([
    {
      username: 'procurement',
      message_code: 'orders:notices.submitted',
      notification_type: 'ORDER_STATUS_CHANGE',
    },
  ]);
});

describe('a refused submit writes nothing and keeps the draft', () => {
  const station = orderStation({ atEnd: afterAll });
  const planner = station.session('PLANNER');
  const refused = (builds: typeof twoBuilds, changes = {}) => {
    const { draft_id } = ask(station, planner, 'orders.saveDraft', { draft: draftOf(builds, changes) });
    const before = counts(station);
    const reply = station.serve(planner, 'orders.submit', { draft_id });
    expect(counts(station)).toEqual(before);
    expect(ask(station, planner, 'orders.getDraft', { draft_id }).draft.builds).toHaveLength(builds.length);
    return reply.ok ? 'accepted' : reply.error;
  };

  test('one incomplete build stops both and names V16, the build and the rules', () => {
    const broken = [
      twoBuilds[0],
      {
        build_number: 'BUILD-002',
        configuration: { ...twoBasins, legs_type: 'FIXED_HEIGHT', legs_model: 'LC1' },
      },
    ] as typeof twoBuilds;
    expect(refused(broken)).toMatchObject({
      code: 'configuration_refused',
      details: { rule: 'V16', build_number: 'BUILD-002', rules: 'V3' },
    });
  });

  test('an accessory that is not in the catalogue names it', () => {
    const broken = [
      {
        build_number: 'BUILD-001',
        configuration: { ...oneBasin, accessories: [{ item_id: 'T-OA-PB-COLOR', quantity: 1 }] },
      },
    ];
    const error = refused(broken);
    expect(error).toMatchObject({ code: 'configuration_refused' });
    expect(JSON.stringify(error)).toContain('T-OA-PB-COLOR');
  });

  const long = 'x'.repeat(101);
  test.each([
    ['order_number_missing', { order_number: ' ' }],
    ['order_number_short', { order_number: 'P1' }],
    ['order_number_long', { order_number: 'P'.repeat(51) }],
    ['customer_name_missing', { customer_name: '' }],
    ['customer_name_short', { customer_name: 'ab' }],
    ['customer_name_long', { customer_name: long }],
    ['project_name_short', { project_name: 'x' }],
    ['project_name_long', { project_name: long }],
    ['sales_person_missing', { sales_person: '' }],
    ['sales_person_short', { sales_person: 'PA' }],
    ['sales_person_long', { sales_person: long }],
    ['want_on_missing', { want_on: '' }],
    ['want_on_invalid', { want_on: '2027-02-30' }],
    ['want_on_not_later', { want_on: '2026-11-20' }],
    ['text_invalid', { notes: 'a\0b' }],
  ])('header: %s', (problem, changes) => {
    expect(refused([twoBuilds[0]] as typeof twoBuilds, changes)).toMatchObject({
      code: 'header_invalid',
      details: { problem },
    });
  });

  test.each([
    ['no_builds', []],
    ['build_number_missing', ['']],
    ['build_number_short', ['B1']],
    ['build_number_long', ['B'.repeat(51)]],
    ['build_number_characters', ['BUILD 1']],
    ['build_number_twice', ['BUILD-001', 'BUILD-001']],
    ['too_many_builds', Array.from({ length: 11 }, (_, i) => `BUILD-${100 + i}`)],
  ])('build numbers: %s', (problem, numbers) => {
    expect(refused(numbers.map(build_number => ({ build_number, configuration: oneBasin })))).toMatchObject({
      code: 'build_numbers_invalid',
      details: { problem },
    });
  });
});

test('the wanted day is compared with the day of the plant', () => {
  const station = orderStation();
  // 02:00 UTC on the 21st is still the 20th in Toronto.
  station.clock.forward(12 * 3_600_000);
  const planner = station.session('PLANNER');
  expect(
    submitDraft(
      station,
      planner,
      draftOf([{ build_number: 'BUILD-001', configuration: oneBasin }], { want_on: '2026-11-21' }),
    ).order_number,
  ).toBe('PO-1001');
});

test('an order number is used once, unless builds are added to it on purpose', () => {
  const station = orderStation();
  const planner = station.session('PLANNER');
  submitDraft(station, planner, draftOf([{ build_number: 'BUILD-001', configuration: oneBasin }]));
  const submitCode = (draft: ReturnType<typeof draftOf>) =>
    refusalOf(station, planner, 'orders.submit', {
      draft_id: ask(station, planner, 'orders.saveDraft', { draft }).draft_id,
    });
  const second = { build_number: 'EVIER-77', configuration: twoBasins };
  expect(submitCode(draftOf([second]))).toBe('order_number_used');
  expect(submitCode(draftOf([second], { order_number: 'PO-9999' }, { add_to_existing: true }))).toBe(
    'order_number_unknown',
  );
  expect(submitCode(draftOf([{ ...second, build_number: 'BUILD-001' }], {}, { add_to_existing: true }))).toBe(
    'build_numbers_invalid',
  );
  expect(
    ask(station, planner, 'orders.suggestBuildNumbers', { order_number: 'PO-1001', quantity: 2 })
      .build_numbers,
  ).toEqual(['BUILD-002', 'BUILD-003']);
  expect(submitCode(draftOf([second], {}, { add_to_existing: true }))).toBe('accepted');
  const po = ask(station, planner, 'orders.getPo', { order_number: 'PO-1001' });
  expect(po).toMatchObject({
    least_advanced_status: 'ORDER_CREATED',
    status_counts: [{ status: 'ORDER_CREATED', count: 2 }],
  });
  const elsewhere = ask(station, planner, 'orders.checkDraft', {
    draft: draftOf([second, { ...second, build_number: 'BUILD-001' }], { order_number: 'PO-2002' }),
  });
  // Suggested numbers begin again in every order and are nothing to be warned of.
  expect(elsewhere.problems.filter(({ path }) => path.endsWith('build_number'))).toEqual([
    {
      path: 'builds[0].build_number',
      code: 'build_number_elsewhere',
      details: { build_number: 'EVIER-77', order_number: 'PO-1001' },
      kind: 'warning',
    },
  ]);
  expect(elsewhere.submittable).toBe(true);
});

test('who may enter orders, and who may not even see them', () => {
  const station = orderStation();
  const code = (role: string, procedure: 'orders.listDrafts' | 'orders.list') =>
    refusalOf(station, station.session(role), procedure, {});
  const roles = ['PLANNER', 'ORG_ADMIN', 'PROCUREMENT', 'QC_INSPECTOR', 'OPERATOR', 'SERVICE'];
  expect(roles.map(role => code(role, 'orders.listDrafts'))).toEqual([
    'accepted',
    'accepted',
    'not_allowed',
    'not_allowed',
    'not_allowed',
    'not_allowed',
  ]);
  expect(roles.map(role => code(role, 'orders.list'))).toEqual([
    'accepted',
    'accepted',
    'accepted',
    'accepted',
    'accepted',
    'not_allowed',
  ]);
});

test('documents of the draft are attached to every build; an unknown one stops the order', () => {
  const station = orderStation();
  const planner = station.session('PLANNER');
  const file = station.asSystem('test.file', ctx =>
    ctx.insert(file_uploads, {
      original_name: 'drawing.pdf',
      file_size_bytes: 10,
      mime_type: 'application/pdf',
      file_extension: 'pdf',
      sha256: 'a'.repeat(64),
    }),
  );
  const submitWith = (file_upload_id: string) => {
    const draft = {
      ...draftOf(twoBuilds),
      files: [{ file_upload_id, link_role: 'TECHNICAL_DRAWING' as const }],
    };
    return station.serve(planner, 'orders.submit', {
      draft_id: ask(station, planner, 'orders.saveDraft', { draft }).draft_id,
    });
  };
  expect(submitWith('019b0000-0000-7000-8000-000000000001')).toMatchObject({
    ok: false,
    error: { code: 'file_unknown' },
  });
  expect(count(station, 'orders')).toBe(0);
  expect(submitWith(file.id)).toMatchObject({
    ok: true,
    value: { warnings: [{ code: 'po_document_missing' }] },
  });
  const { builds } = ask(station, planner, 'orders.getPo', { order_number: 'PO-1001' });
  for (const { order_id } of builds) {
    expect(ask(station, planner, 'orders.get', { order_id }).files).toMatchObject([
      { original_name: 'drawing.pdf', link_role: 'TECHNICAL_DRAWING' },
    ]);
  }
});

test('an assembly that contains itself shows beside the form and stops the order, naming the path', () => {
  const station = orderStation();
  const planner = station.session('PLANNER');
  station.asSystem('test.cycle', ctx => {
    const kit = ctx.sql.get<{
      id: Id<'materials'>;
      bom_id: Id<'bom_headers'>;
      uom_id: Id<'units_of_measure'>;
    }>(
      "select m.id, h.id as bom_id, h.uom_id from materials m join bom_headers h on h.material_id = m.id where m.material_number = 'T2-DL27-KIT' and h.scope = 'MASTER'",
    );
    if (!kit) throw new Error('no leg kit in the catalogue');
    const { id, bom_id, uom_id } = kit;
    ctx.insert(bom_lines, {
      bom_header_id: bom_id,
      line_number: 99,
      component_material_id: id,
      item_number: 'T2-DL27-KIT',
      quantity_e6: 1_000_000,
      total_quantity_e6: 1_000_000,
      uom_id,
    });
    ctx.update(bom_headers, bom_id, {});
  });
  const seen = ask(station, planner, 'orders.evaluate', { family: 'MDRD', configuration: oneBasin });
  expect(seen.bom).toMatchObject({ rows: [], refused: { rule: 'bom_cycle' } });
  const before = counts(station);
  const { draft_id } = ask(station, planner, 'orders.saveDraft', { draft: draftOf(twoBuilds) });
  expect(station.serve(planner, 'orders.submit', { draft_id })).toMatchObject({
    ok: false,
    error: { code: 'bom_cycle', details: { path: ['T2-DL27-KIT', 'T2-DL27-KIT'] } },
  });
  expect(counts(station)).toEqual(before);
});
