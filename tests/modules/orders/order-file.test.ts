import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import {
  createOrderFromFile,
  orderFile,
  orderFileList,
} from '../../../main/modules/orders/order-file.service.ts';
import { addDays } from '../../../main/platform/days.ts';
import { ask } from '../../support/station.ts';
import { demoFolder, header, oneBasin, orderStation } from './order-support.ts';

const plain = {
  order_number: 'PO-1',
  customer_name: 'North Clinic',
  sales_person: header.sales_person,
  builds: [{ build_number: 'BUILD-001', configuration: oneBasin }],
};

test('every order of the demo plant is created from its file, through the same door', () => {
  const station = orderStation();
  const files = orderFileList.parse(JSON.parse(readFileSync(path.join(demoFolder, 'orders.json'), 'utf8')));
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) {
    const made = station.asSystem('demo.orders', ctx => createOrderFromFile(ctx, file));
    expect(made.builds.map(build => build.build_number)).toEqual(
      file.builds.map(build => build.build_number),
    );
    const po = ask(station, station.session('PLANNER'), 'orders.getPo', { order_number: file.order_number });
    expect(po.want_on).toBe(file.want_on ?? addDays('2026-11-20', file.want_in_days ?? 0));
    expect(po.document_language).toBe(file.document_language);
  }
});

test('a file that is not an order is refused before anything is written', () => {
  const parse = (changes: object) => orderFile.safeParse({ ...plain, want_in_days: 30, ...changes }).success;
  expect(parse({})).toBe(true);
  expect(parse({ want_on: '2027-01-01' })).toBe(false);
  expect(parse({ want_in_days: undefined })).toBe(false);
  expect(parse({ builds: [] })).toBe(false);
  expect(parse({ colour: 'red' })).toBe(false);
  expect(parse({ document_language: 'DE' })).toBe(false);
  const station = orderStation();
  const create = (changes: object) => () =>
    station.asSystem('test', ctx =>
      createOrderFromFile(ctx, orderFile.parse({ ...plain, want_in_days: 30, ...changes })),
    );
  expect(create({ customer_name: 'x' })).toThrow('header_invalid');
  expect(create({ family: 'NONE' })).toThrow('product_model_unknown');
  expect(create({ family: 'ENDOSCOPE' })).toThrow('configuration_refused');
  expect(create({ builds: [{ build_number: 'BUILD-001', configuration: {} }] })).toThrow(
    'configuration_refused',
  );
  expect(station.readAsSystem(ctx => ctx.sql.get<{ n: number }>('select count(*) as n from orders')?.n)).toBe(
    0,
  );
});
