import { describe, expect, test } from 'vitest';
import { catalogueIndex } from '../../../main/modules/catalogue/catalogue.service.ts';
import { applyImport, planImport } from '../../../main/modules/catalogue/import.service.ts';
import { readCatalogueFolder } from '../../../main/modules/catalogue/import-files.ts';
import type { ImportFile } from '../../../main/modules/catalogue/import-shape.rules.ts';
import { type TestStation, testStation } from '../../support/station.ts';
import { countRows, demoFolder, hasCatalog, skipUnlessCatalog } from './import-support.ts';
import { catalogFolder } from './product-model-support.ts';

const apply = (station: TestStation, files: ImportFile[]) =>
  station.asSystem('test.import', ctx => applyImport(ctx, planImport(ctx, files)));
const plan = (station: TestStation, files: ImportFile[]) =>
  station.readAsSystem(ctx => planImport(ctx, files));

describe.runIf(hasCatalog)('the real catalogue', () => {
  const files = hasCatalog ? readCatalogueFolder(catalogFolder) : [];

  test('is imported with exactly the rows it holds', () => {
    const station = testStation();
    const { changes, errors } = apply(station, files);
    expect(errors).toBe(0);
    expect(changes).toEqual({
      categories_added: 52,
      categories_changed: 0,
      materials_added: 284 + 318,
      materials_changed: 0,
      materials_deactivated: 0,
      boms_added: 205,
      boms_changed: 0,
      component_rows_written: 729 + 134,
      category_links_changed: 207 + 128,
      aliases_changed: 207,
    });
    expect(countRows(station, "select count(*) as n from materials where record_type = 'PART'")).toBe(284);
    expect(
      countRows(
        station,
        "select count(*) as n from materials where record_type = 'ASSEMBLY' and material_kind = 'KIT'",
      ),
    ).toBe(173);
    expect(
      countRows(station, "select count(*) as n from materials where material_kind = 'SERVICE_PART'"),
    ).toBe(63);
    expect(
      countRows(
        station,
        'select count(*) as n from (select material_number from materials group by material_number having count(*) = 2)',
      ),
    ).toBe(129);
    expect(countRows(station, "select count(*) as n from audit_logs where action = 'IMPORT'")).toBe(1);
    expect(countRows(station, 'select count(*) as n from materials where quantities_verified = 1')).toBe(0);
  });

  test('tells every oddity with its count', () => {
    const { report } = plan(testStation(), files);
    const values = (code: string) => report.filter(row => row.code === code).map(row => row.values);
    const rows = (code: string) => report.filter(row => row.code === code).map(row => row.row);
    expect(values('twins')).toMatchObject([{ count: 129, with_components: 17, names_differ: 4 }]);
    expect(rows('twin_names_differ').sort()).toEqual([
      '0617102-1000',
      '0617110-2500',
      'T2-BOTTOM-FILL',
      'T2-EMERGSTOP-BTN',
    ]);
    expect(values('component_rows')).toEqual([
      { count: 729, part_only: 466, twin_as_part: 212, twin_as_assembly: 51, assembly_only: 0 },
    ]);
    expect(rows('component_unknown')).toEqual([]);
    expect(rows('category_reference_unknown')).toEqual([]);
    expect(values('placed_by_subcategory')).toMatchObject([{ count: 128 }]);
    expect(values('listed_twice')).toMatchObject([{ count: 17 }]);
    expect(values('subcategories_by_reference')).toMatchObject([{ count: 8 }]);
    expect(values('empty_assemblies')).toMatchObject([{ count: 10, completed: 9 }]);
    expect(values('quantities_all_one')).toMatchObject([{ count: 729 }]);
    expect(rows('kit_flag_kept')).toEqual(['T8-KIT-ESK-DOSE']);
    expect(rows('check_id').sort()).toEqual(['6.65E+11', '95400']);
    expect(values('numeric_ids')).toMatchObject([{ count: 22 }]);
    expect(values('special_characters')).toMatchObject([{ spaces_or_quotes: 8, slashes: 9, both: 5 }]);
    expect([
      ...rows('case_variant'),
      ...rows('component_twice'),
      ...rows('cycle'),
      ...rows('number_blank_around'),
    ]).toEqual([]);
    expect(values('parts_unused')).toMatchObject([{ count: 76, twins: 61, others_after_overlay: 0 }]);
    expect(values('equal_names')).toMatchObject([{ count: 3 }]);
    expect(values('non_ascii_names')).toMatchObject([{ parts: 9, assemblies: 3 }]);
    expect(rows('other_fields')).toEqual(['708.77']);
    expect(values('manufacturer_data')).toEqual([{ numbers: 99, makers: 98, lacking: 'ADW-T2-OHL-HOUSING' }]);
    expect(values('component_notes')).toMatchObject([{ count: 128 }]);
    expect(values('header_total')).toEqual([{ stated: 283, counted: 284 }]);
    expect(rows('range_contradicts')).toEqual(
      expect.arrayContaining(['T2-BODY-61-72-HA', 'T2-BODY-73-120-HA', 'T2-ADW-PB-9636']),
    );
    expect(rows('product_contradicts')).toEqual(['T2-BODY-48-60-HA']);
    expect(values('product_contradicts')).toMatchObject([{ product: 'ENDOSCOPE', usual: 'MDRD' }]);
    expect(rows('component_range_contradicts')).toEqual(['T2-ADW-OHL-HOUSING']);
    expect(values('component_range_contradicts')).toMatchObject([{ component: 'ADW-T2-OHL-HOUSING' }]);
    expect(rows('language_contradicts')).toEqual(['T2-STD-MANUAL-SP-KIT']);
    expect(rows('spelling')).toHaveLength(7);
    expect(rows('variant_unused')).toContain('T2-ADW-LINAKFRAME-10');
    expect(report.filter(row => row.severity === 'error')).toEqual([]);
  });

  test('changes nothing the second time', () => {
    const station = testStation();
    apply(station, files);
    const before = countRows(station, "select count(*) as n from audit_logs where action <> 'IMPORT'");
    expect(plan(station, files).changes_total).toBe(0);
    expect(apply(station, files).changes_total).toBe(0);
    expect(countRows(station, "select count(*) as n from audit_logs where action <> 'IMPORT'")).toBe(before);
  });

  test('resolves twins as the expansion expects', () => {
    const station = testStation();
    apply(station, files);
    station.readAsSystem(ctx => {
      const index = catalogueIndex(ctx);
      expect(index.size).toBe(602);
      expect(index.resolve('2783')).toMatchObject({ kind: 'PART', components: [] });
      expect(index.resolve('T2-CTRL-EDR1')).toMatchObject({ kind: 'ASSEMBLY' });
      expect(index.resolve('T2-CTRL-EDR1')?.components).toHaveLength(12);
      expect(index.resolve('T2-VALVE-PLATE-AUK')?.components).toHaveLength(24);
      expect(index.resolve('209L-DW-NS')).toMatchObject({ kind: 'ASSEMBLY', components: [] });
      expect(index.knownItem('t2-ctrl-edr1')).toBe(false);
    });
  });
});
skipUnlessCatalog();

describe('damaged files', () => {
  const files = readCatalogueFolder(demoFolder);
  const changed = (name: string, change: (text: string) => string) =>
    files.map(file => (file.name === name ? { name, text: change(file.text) } : file));
  const refusal = (station: TestStation, broken: ImportFile[]) => {
    try {
      apply(station, broken);
      return 'accepted';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
  const edit = (
    change: (json: {
      assemblies: Record<string, { components: { part_id: string; quantity: unknown; notes: null }[] }>;
    }) => void,
  ) =>
    changed('assemblies.json', text => {
      const json = JSON.parse(text);
      change(json);
      return JSON.stringify(json);
    });
  const cases: [string, string, ImportFile[]][] = [
    [
      'a file cut in half',
      'import_file_not_json',
      changed('parts.json', text => text.slice(0, text.length / 2)),
    ],
    ['replaced bytes', 'import_file_not_text', changed('parts.json', text => text.replace('a', '\uFFFD'))],
    ['a list instead of an object', 'import_file_wrong_shape', changed('parts.json', () => '{"parts": []}')],
    ['a missing file', 'import_file_missing', files.filter(({ name }) => name !== 'parts.json')],
    ['an unknown file', 'import_file_unknown', [...files, { name: 'notes.txt', text: '' }]],
    ['one file twice', 'import_file_twice', [...files, ...files.slice(0, 1)]],
    [
      '10 MB in a name',
      'import_file_wrong_shape',
      changed('parts.json', () => JSON.stringify({ parts: { A: { name: 'x'.repeat(10_000_000) } } })),
    ],
    ['17 MB', 'import_file_too_large', changed('parts.json', () => ' '.repeat(17 * 1024 * 1024))],
    [
      '10,000 nested arrays',
      'import_file_wrong_shape',
      changed('parts.json', () => `{"parts":${'['.repeat(10_000)}${']'.repeat(10_000)}}`),
    ],
    [
      'an unknown component',
      'import_has_errors',
      edit(
        json =>
          void Object.values(json.assemblies)[0]?.components.push({
            part_id: 'NOWHERE',
            quantity: 1,
            notes: null,
          }),
      ),
    ],
    [
      'a quantity of zero',
      'import_has_errors',
      edit(
        json =>
          void Object.values(json.assemblies)[0]?.components.push({
            part_id: '1916',
            quantity: 0,
            notes: null,
          }),
      ),
    ],
    [
      'a negative quantity',
      'import_has_errors',
      edit(
        json =>
          void Object.values(json.assemblies)[0]?.components.push({
            part_id: '1916',
            quantity: -1,
            notes: null,
          }),
      ),
    ],
    [
      'a quantity beyond numbers',
      'import_has_errors',
      edit(
        json =>
          void Object.values(json.assemblies)[0]?.components.push({
            part_id: '1916',
            quantity: 1e300,
            notes: null,
          }),
      ),
    ],
    [
      'a text as quantity',
      'import_file_wrong_shape',
      edit(
        json =>
          void Object.values(json.assemblies)[0]?.components.push({
            part_id: '1916',
            quantity: '1',
            notes: null,
          }),
      ),
    ],
    [
      'a cycle',
      'import_has_errors',
      edit(json => {
        const [a = '', b = ''] = Object.keys(json.assemblies).slice(-2);
        json.assemblies[a]?.components.push({ part_id: b, quantity: 1, notes: null });
        json.assemblies[b]?.components.push({ part_id: a, quantity: 1, notes: null });
      }),
    ],
  ];
  test('are refused by name and change nothing', () => {
    const station = testStation();
    apply(station, files);
    const before = countRows(
      station,
      'select count(*) + (select sum(row_version) from materials) as n from audit_logs',
    );
    expect(cases.map(([what, , broken]) => [what, refusal(station, broken)])).toEqual(
      cases.map(([what, code]) => [what, code]),
    );
    expect(
      countRows(station, 'select count(*) + (select sum(row_version) from materials) as n from audit_logs'),
    ).toBe(before);
  });

  test('a chain of 10,000 assemblies is read without running out of stack', () => {
    const station = testStation();
    const chain = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, i) => [
        `L-${i}`,
        {
          name: `Level ${i}`,
          type: 'SIMPLE',
          category_code: '718',
          subcategory_code: '718.001',
          can_order: true,
          is_kit: false,
          status: 'ACTIVE',
          components: [{ part_id: i === 9_999 ? 'END' : `L-${i + 1}`, quantity: 1, notes: null }],
        },
      ]),
    );
    const small = [
      {
        name: 'categories.json',
        text: JSON.stringify({
          categories: { 718: { name: 'C', subcategories: { '718.001': { name: 'S', assembly_refs: [] } } } },
        }),
      },
      { name: 'parts.json', text: JSON.stringify({ parts: { END: { name: 'End' } } }) },
      { name: 'assemblies.json', text: JSON.stringify({ assemblies: chain }) },
    ];
    expect(plan(station, small)).toMatchObject({ errors: 0, changes: { boms_added: 10_000 } });
  });
});

describe('a later edition', () => {
  const files = readCatalogueFolder(demoFolder);
  test('the demo plant imports clean, twice', () => {
    const station = testStation();
    expect(apply(station, files)).toMatchObject({ errors: 0, changes: { materials_added: 585 } });
    expect(apply(station, files).changes_total).toBe(0);
  });

  test('only deactivates what it lacks, and leaves what a person made', () => {
    const station = testStation();
    apply(station, files);
    const fewer = files.map(({ name, text }) => {
      if (name !== 'parts.json') return { name, text };
      const json = JSON.parse(text);
      json.parts['NEW-1'] = { name: 'New part', manufacturer_part_number: null, manufacturer_info: null };
      json.parts['1916'].name = 'Other name';
      return { name, text: JSON.stringify(json) };
    });
    expect(apply(station, fewer).changes).toMatchObject({
      materials_added: 1,
      materials_changed: 1,
      materials_deactivated: 0,
    });
    expect(apply(station, files).changes).toMatchObject({
      materials_added: 0,
      materials_changed: 1,
      materials_deactivated: 1,
    });
    expect(
      countRows(
        station,
        "select count(*) as n from materials where material_number = 'NEW-1' and is_active = 0",
      ),
    ).toBe(1);
  });
});
