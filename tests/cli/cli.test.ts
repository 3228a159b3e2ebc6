import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readXlsx } from 'hucre';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compose } from '../../main/compose.ts';
import { installDemoPlant } from '../../main/demo-plant.ts';
import { silentLog } from '../../main/platform/log.ts';
import { temporaryFolder } from '../support/station.ts';

const root = path.resolve(import.meta.dirname, '../..');
const catalog = path.resolve(root, '../shared/catalog');
/** The program as a person runs it: its own process, stdout and stderr apart. */
function cli(...args: string[]) {
  const done = spawnSync(path.join(root, 'node_modules/node/bin/node'), ['main/cli/index.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  return { code: done.status, out: done.stdout, err: done.stderr, json: () => JSON.parse(done.stdout) };
}

const data = mkdtempSync(path.join(tmpdir(), 'millwright-cli-test-'));
afterAll(() => rmSync(data, { recursive: true, force: true }));
beforeAll(async () => {
  const station = compose({ data_folder: data, log: silentLog });
  await installDemoPlant(station);
  await station.close();
});

describe.skipIf(!existsSync(catalog))(
  'with the real catalogue in ../shared/catalog (skipped where it is absent)',
  () => {
    test('bom generate answers the worked examples as JSON and nothing else', () => {
      const file = path.join(catalog, 'bom-worked-examples.json');
      const done = cli('bom', 'generate', file, '--catalog', catalog);
      expect(done.code).toBe(0);
      const { examples } = JSON.parse(readFileSync(file, 'utf8'));
      const answers = done.json();
      expect(answers).toHaveLength(examples.length);
      for (const [index, example] of examples.entries()) {
        expect(answers[index]).toEqual({
          id: example.id,
          lines: example.expectedTopLevel.map((l: { itemId: string; quantity: number }) => ({
            item_id: l.itemId,
            quantity: l.quantity,
          })),
          rows: example.expectedTree.rows,
          distinct_leaves: example.expectedTree.distinctLeaves,
          total_leaf_quantity: example.expectedTree.totalLeafQuantity,
        });
      }
    });

    test('an example that breaks a rule is answered with the rule', () => {
      const file = path.join(temporaryFolder(), 'examples.json');
      const [first] = JSON.parse(
        readFileSync(path.join(catalog, 'bom-worked-examples.json'), 'utf8'),
      ).examples;
      writeFileSync(
        file,
        JSON.stringify({ examples: [{ id: 'X', config: { ...first.config, length: 47 } }] }),
      );
      const [answer] = cli('bom', 'generate', file, '--catalog', catalog).json();
      expect(answer).toMatchObject({ id: 'X', refused: [{ rule: 'V1' }] });
    });
  },
);

test('an order goes in from a file, is shown, printed and written to Excel', async () => {
  const [demo] = JSON.parse(readFileSync(path.join(root, 'resources/demo-plant/orders.json'), 'utf8'));
  const file = path.join(temporaryFolder(), 'order.json');
  writeFileSync(file, JSON.stringify({ ...demo, order_number: 'PO-CLI-1' }));
  expect(cli('order', 'create', file, '--data', data).code).toBe(0);
  expect(cli('order', 'create', file, '--data', data)).toMatchObject({ code: 1, out: '' });
  expect(cli('order', 'show', 'PO-CLI-1', '--data', data).json()).toMatchObject({ order_number: 'PO-CLI-1' });

  const pdf = `${file}.pdf`;
  const printed = cli(
    'print',
    'bom_aggregated',
    '--build',
    `PO-CLI-1/${demo.builds[0].build_number}`,
    '--out',
    pdf,
    '--data',
    data,
  );
  expect([printed.code, printed.err]).toEqual([0, '']);
  expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-');

  const xlsx = `${file}.xlsx`;
  expect(cli('excel', 'orders', '--out', xlsx, '--data', data).code).toBe(0);
  const book = await readXlsx(readFileSync(xlsx));
  expect(book.sheets[0]?.rows.some(row => row.includes('PO-CLI-1'))).toBe(true);
});

test('the record of a build is written as data, verified, and refused by its place once changed', () => {
  const file = path.join(temporaryFolder(), 'record.json');
  const [order] = JSON.parse(readFileSync(path.join(root, 'resources/demo-plant/orders.json'), 'utf8'));
  const build = `${order.order_number}/${order.builds[0].build_number}`;
  const made = cli('record', build, '--out', file, '--data', data);
  expect([made.code, made.err]).toEqual([0, '']);
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(`"record_sha256":"${made.json().record_sha256}"`);
  writeFileSync(file, text.replace(/("identity":.*?"plant_name":")/, '$1x'));
  expect(cli('record', 'verify', file)).toMatchObject({
    code: 1,
    err: 'changed: /identity/plant_name (changed)\n',
  });
});

test('doctor finds a healthy station; backups are made and listed', () => {
  const report = cli('doctor', '--data', data);
  expect(report.code).toBe(0);
  expect(report.json()).toMatchObject({ integrity: { is_ok: true }, audit: { faults: [] } });
  expect(cli('backup', 'make', '--data', data).code).toBe(0);
  const { backups } = cli('backup', 'list', '--data', data).json();
  expect(backups.length).toBeGreaterThan(0);
  expect(statSync(backups[0]).size).toBeGreaterThan(0);
});

test('health answers beside the running station; what would write is refused there', async () => {
  const running = compose({ data_folder: data, log: silentLog });
  const beside = cli('health', '--data', data);
  const doctor = cli('doctor', '--data', data);
  await running.close();
  expect(beside.code).toBe(0);
  expect(beside.json()).toMatchObject({ is_running: true, is_ready: true, waiting_units: 0, problems: [] });
  expect(doctor).toMatchObject({ code: 1, out: '' });
});

const badFiles: [string, string | Buffer, RegExp][] = [
  ['cut in half', '{"order_number": "PO-1", "builds": [', /not valid JSON/],
  ['not UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), /UTF-8/],
  ['of another shape', '{"order_number": 7}', /order_number/],
  [
    'an unknown field',
    '{"order_number":"PO-1","customer_name":"A","sales_person":"B","want_in_days":5,"builds":[],"x":1}',
    /input_file_shape_wrong/,
  ],
];
test.each(badFiles)(
  'an order file that is %s is refused in one line and changes nothing',
  (_what, content, words) => {
    const file = path.join(temporaryFolder(), 'order.json');
    writeFileSync(file, content);
    const done = cli('order', 'create', file, '--data', data);
    expect([done.code, done.out]).toEqual([1, '']);
    expect(done.err).toMatch(words);
  },
);

test('a missing file, an unknown command and a wrong option say so and exit with another code than 0', () => {
  expect(cli('order', 'create', '/nowhere/order.json', '--data', data)).toMatchObject({ code: 1, out: '' });
  expect(cli('make', 'coffee')).toMatchObject({ code: 2, out: '' });
  expect(cli('doctor', '--wrong')).toMatchObject({ code: 2, out: '' });
  expect(cli('print', 'love_letter', '--out', 'x.pdf', '--data', data)).toMatchObject({ code: 2, out: '' });
  expect(cli('order', 'show', 'PO-NOWHERE', '--data', data)).toMatchObject({ code: 1, out: '' });
});
