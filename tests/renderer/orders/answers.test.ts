import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DraftDocument } from '../../../preload/contract/orders.ts';
import type { Configuration } from '../../../preload/contract/product-model.ts';
import {
  type AnswerValue,
  differingPaths,
  overlay,
  parsePath,
} from '../../../renderer/modules/orders/parts/answers.ts';
import { autosave } from '../../../renderer/modules/orders/parts/autosave.ts';
import { daysUntil, definitionFrom, wantRisk } from '../../../renderer/modules/orders/parts/order-views.ts';
import { rowsIn } from '../../../renderer/modules/orders/parts/sink-geometry.ts';
import { stillTrue } from '../../../renderer/modules/orders/parts/still-true.rules.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a path names a field, a row or a field of a row', () => {
  expect(parsePath('sink_model')).toEqual({ name: 'sink_model', index: null, field: null });
  expect(parsePath('basins[1].size')).toEqual({ name: 'basins', index: 1, field: 'size' });
});

test('answers the rules have not judged yet lie over the judged ones', () => {
  const judged: Configuration = { sink_model: 'T2-B2', basins: [{ size: '20X20X8' }, {}] };
  const pending = new Map<string, AnswerValue>([
    ['sink_length_in', 66],
    ['basins[1].size', '24X20X8'],
  ]);
  expect(overlay(judged, pending)).toEqual({
    sink_model: 'T2-B2',
    sink_length_in: 66,
    basins: [{ size: '20X20X8' }, { size: '24X20X8' }],
  });
  expect(rowsIn(judged, 'basins')[1]).toEqual({});
  expect(overlay({ faucets: [{ quantity: 1 }, { quantity: 2 }] }, new Map([['faucets[0]', null]]))).toEqual({
    faucets: [{ quantity: 2 }],
  });
});

test('only answers in which builds differ are named', () => {
  const a: Configuration = { sink_model: 'T2-B1', sink_length_in: 60, basins: [{ size: 'X' }] };
  const b: Configuration = {
    sink_model: 'T2-B1',
    sink_length_in: 72,
    basins: [{ size: 'X' }, { size: 'Y' }],
  };
  expect(differingPaths([a, b])).toEqual(['sink_length_in', 'basins[1].size']);
});

test('a draft is saved once with its newest value', async () => {
  const saved: number[] = [];
  const saver = autosave<number>(async value => void saved.push(value), {
    delay_ms: 200,
    onProblem: () => undefined,
  });
  for (const value of [1, 2, 3]) saver.push(value);
  expect(saved).toEqual([]);
  await vi.advanceTimersByTimeAsync(200);
  expect(saved).toEqual([3]);
});

test('leaving saves at once; a failed save is kept and tried again', async () => {
  const saved: number[] = [];
  const problems: unknown[] = [];
  let isFailing = true;
  const save = async (value: number) => {
    if (isFailing) throw new Error('offline');
    saved.push(value);
  };
  const saver = autosave<number>(save, { delay_ms: 200, onProblem: problem => problems.push(problem) });
  saver.push(7);
  expect(await saver.flush()).toBe(false);
  expect(problems).toHaveLength(1);
  expect(saver.hasUnsaved()).toBe(true);
  isFailing = false;
  expect(await saver.flush()).toBe(true);
  expect(saved).toEqual([7]);
  expect(saver.hasUnsaved()).toBe(false);
});

test('what was typed since the check is no longer missing', () => {
  const problem = (path: string, code: string) => ({ path, code, kind: 'error' as const, details: {} });
  const problems = [
    problem('header.customer_name', 'customer_name_missing'),
    problem('header.order_number', 'order_number_short'),
    problem('builds[1].build_number', 'build_number_missing'),
    problem('files', 'drawing_missing'),
  ];
  const empty: DraftDocument = {
    step: 1,
    family: '',
    add_to_existing: false,
    header: {
      order_number: '',
      customer_name: '',
      project_name: '',
      sales_person: '',
      want_on: '',
      document_language: 'EN',
      notes: '',
    },
    builds: [],
    files: [],
  };
  expect(stillTrue(problems, empty)).toEqual(problems);
  const typed = {
    ...empty,
    header: { ...empty.header, customer_name: 'H', order_number: 'PO' },
    builds: ['B-1', 'B-2'].map(build_number => ({ build_number, configuration: {} })),
  };
  expect(stillTrue(problems, typed).map(({ code }) => code)).toEqual([
    'order_number_short',
    'drawing_missing',
  ]);
});

test('a broken list in the address is no list', () => {
  expect(definitionFrom('{"filter":')).toBeNull();
  expect(definitionFrom('{"filter":{"late":true}}')?.filter.late).toBe(true);
});

test('the wanted day: days left and risk', () => {
  expect(daysUntil('2026-12-04', '2026-11-20')).toBe(14);
  expect(wantRisk(42)).toBe(0);
  expect(wantRisk(-3)).toBe(1);
});
