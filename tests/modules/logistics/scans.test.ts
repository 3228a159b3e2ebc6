import { expect, test } from 'vitest';
import type { Id } from '../../../db/kit/columns.ts';
import { barcode_labels } from '../../../db/schema/logistics.ts';
import { work_centers } from '../../../db/schema/tracking.ts';
import { codeFor } from '../../../preload/contract/codes.ts';
import { ask } from '../../support/station.ts';
import { labelStation } from './logistics-support.ts';

const kinds = (found: { hits: { kind: string; title: string }[] }) =>
  found.hits.map(hit => `${hit.kind} ${hit.title}`);

test('what a scan stands for: label first, then our code, order, build, material, work centre, person', () => {
  const { station, session, build, material, plant_id, user } = labelStation();
  const find = (text: string, elements: { key: string; value: string }[] = []) =>
    ask(station, session, 'logistics.resolveScan', { text, elements });
  const center = station.asSystem('test.center', ctx =>
    ctx.insert(work_centers, {
      plant_id,
      work_center_code: 'WC003',
      work_center_name: 'Welding',
      flow_position: 3,
    }),
  );
  expect(kinds(find(codeFor('B', build.order_id)))).toEqual([
    `build ${build.order_number} / ${build.build_number}`,
  ]);
  expect(kinds(find(codeFor('O', build.order_id).toLowerCase()))).toEqual([`order ${build.order_number}`]);
  expect(kinds(find(`]C1${codeFor('P', material.id)}`))).toEqual([`material ${material.material_number}`]);
  expect(kinds(find(codeFor('W', center.id)))).toEqual(['work_center WC003']);
  expect(kinds(find(codeFor('U', user.id)))).toEqual([`user ${user.full_name}`]);
  expect(kinds(find(` ${build.order_number.toLowerCase()}\r`))).toEqual([
    `build ${build.order_number} / ${build.build_number}`,
  ]);
  expect(kinds(find(`${build.order_number}/${build.build_number}`))).toHaveLength(1);
  expect(kinds(find(material.material_number))).toEqual([`material ${material.material_number}`]);
  expect(kinds(find('wc003'))).toEqual(['work_center WC003']);
  expect(kinds(find(user.username))).toEqual([`user ${user.full_name}`]);
  // Elements of a parsed symbol, when the whole text is nothing we know.
  expect(kinds(find('[)>06P…', [{ key: 'P', value: material.material_number }]))).toEqual([
    `material ${material.material_number}`,
  ]);

  // An active label wins over everything else with the same text.
  const label = station.asSystem('test.label', ctx =>
    ctx.insert(barcode_labels, {
      plant_id,
      label_code: 'TEST',
      barcode_value: material.material_number,
      barcode_type: 'CODE128',
      label_type: 'BUILD_FRONT',
      entity_type: 'orders',
      entity_id: build.order_id,
      label_size: '101.6x50.8',
      label_data: {},
    }),
  );
  expect(kinds(find(material.material_number))).toEqual([
    `build ${build.order_number} / ${build.build_number}`,
  ]);
  station.asSystem('test.label', ctx => ctx.update(barcode_labels, label.id, { is_active: false }));
  expect(kinds(find(material.material_number))).toEqual([`material ${material.material_number}`]);
});

test('a misread code is told apart from an unknown one, and nobody sees what the role may not', () => {
  const { station, session, build } = labelStation();
  const code = codeFor('B', build.order_id);
  const wrong = `${code.slice(0, -1)}${code.endsWith('A') ? 'B' : 'A'}`;
  const find = (text: string, who = session) => ask(station, who, 'logistics.resolveScan', { text });
  expect(find(wrong)).toEqual({ hits: [], problem: 'wrong_check' });
  expect(find(codeFor('B', '019a0000-0000-7000-8000-ffffffffffff'))).toEqual({
    hits: [],
    problem: 'not_found',
  });
  expect(find('')).toEqual({ hits: [], problem: 'not_found' });
  // The service department sees no production orders.
  expect(find(code, station.session('SERVICE'))).toEqual({ hits: [], problem: 'not_found' });
});

test('scans are kept; the same within five seconds is a repetition', () => {
  const { station, session } = labelStation();
  const keep = (text: string) =>
    ask(station, session, 'logistics.recordScan', {
      text,
      resolution: 'SUCCESS',
      context: 'tracking',
      entity_type: 'orders',
      entity_id: 'any',
    });
  expect(keep('PO-1').resolution).toBe('SUCCESS');
  station.clock.forward(4_000);
  expect(keep('PO-2').resolution).toBe('SUCCESS');
  expect(keep('PO-1').resolution).toBe('DUPLICATE');
  station.clock.forward(6_000);
  const last = keep('PO-1');
  expect(last.resolution).toBe('SUCCESS');
  const rows = station.readAsSystem(ctx =>
    ctx.sql.all<{ id: Id<'qr_code_scans'>; scan_code: string }>('select id, scan_code from qr_code_scans'),
  );
  expect(rows.map(row => row.scan_code)).toEqual(['PO-1', 'PO-2', 'PO-1', 'PO-1']);
  expect(rows.at(-1)?.id).toBe(last.scan_id);
});
