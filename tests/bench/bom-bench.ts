import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Station } from '../../main/compose.ts';
import { type CatalogueItem, expandLines } from '../../main/modules/bom/expansion.rules.ts';
import { generateForExample } from '../../main/modules/orders/order-file.service.ts';
import { answer, LARGE_BOM_ID } from './bench-station.ts';
import { type Figure, median } from './harness.ts';

const catalog = path.join(import.meta.dirname, '../../../shared/catalog');
interface Example {
  id: string;
  config: Record<string, unknown>;
}

/** BOM of one build: rules, lines and the whole tree, on the imported catalogue. */
export async function realBom(station: Station, session: string): Promise<Figure | string> {
  if (!existsSync(path.join(catalog, 'parts.json')))
    return 'BOM of one build: skipped, no catalogue beside the project';
  const names = [
    'categories.json',
    'parts.json',
    'assemblies.json',
    'control-box-components.json',
    'legacy-codes.json',
  ];
  const files = names.map(name => ({ name, text: readFileSync(path.join(catalog, name), 'utf8') }));
  const imported = await station.runJob(session, 'catalogue.importCatalogue', { files, dry_run: false });
  if (!imported.ok) return `BOM of one build: skipped, the import was refused: ${imported.error.code}`;
  const { examples }: { examples: Example[] } = JSON.parse(
    readFileSync(path.join(catalog, 'bom-worked-examples.json'), 'utf8'),
  );
  const made = (example: Example) => station.readAsSystem(ctx => generateForExample(ctx, example));
  const accepted = examples.map(e => ({ example: e, bom: made(e) })).filter(({ bom }) => 'rows' in bom);
  const largest = accepted.toSorted((a, b) => rowsOf(b.bom) - rowsOf(a.bom))[0];
  if (!largest) return 'BOM of one build: skipped, no worked example was accepted';
  const rows = Array.from({ length: rowsOf(largest.bom) }, (_, n) => ({
    row_no: n,
    item_id: `720.215.${n}`,
    name: 'an item of the tree',
    quantity_e6: 1_000_000,
    total_quantity_e6: n,
    parent_row_no: n - 1,
    level: 2,
    notes: '',
  }));
  return {
    work: 'BOM of one build on the real catalogue, warm',
    measured: median(() => made(largest.example)),
    unit: 'ms',
    target: 5,
    more_is_better: false,
    floor: median(() => JSON.parse(JSON.stringify(rows))),
    floor_is: 'JSON copy of as many rows',
    note: `${largest.example.id}: ${rows.length} rows, judged, generated, expanded and totalled`,
  };
}
const rowsOf = (bom: object): number => ('rows' in bom ? Number(bom.rows) : 0);

/** Expansion alone: 20 top-level lines, each 5 levels of 5 components. */
export function expansion(): Figure {
  const items = new Map<string, CatalogueItem>();
  const levels = 5;
  for (let level = 0; level <= levels; level++)
    for (let n = 0; n < 40; n++) {
      const id = `L${level}-${n}`;
      const components =
        level === levels
          ? []
          : Array.from({ length: 5 }, (_, c) => ({
              item_id: `L${level + 1}-${(n * 5 + c) % 40}`,
              quantity_e6: 2_000_000,
              notes: '',
            }));
      items.set(id, {
        key: id,
        item_id: id,
        name: `Item ${id}`,
        kind: components.length > 0 ? 'ASSEMBLY' : 'PART',
        components,
      });
    }
  const lines = Array.from({ length: 20 }, (_, n) => ({
    item_id: `L0-${n}`,
    quantity: 1,
    notes: '',
    is_custom_part: false,
    custom_part_spec: null,
    suppress_components: [],
  }));
  const catalogue = { resolve: (id: string) => items.get(id) };
  const rows = expandLines(lines, catalogue);
  const perSecond = (ms: number) => (rows.length / ms) * 1000;
  return {
    work: 'BOM expansion',
    measured: perSecond(median(() => expandLines(lines, catalogue))),
    unit: 'lines/s',
    target: 1_000_000,
    more_is_better: true,
    floor: perSecond(median(() => rows.map(row => ({ ...row })))),
    floor_is: 'copying the same rows',
    note: `${rows.length} rows of ${levels + 1} levels`,
  };
}

export function largeBom(station: Station, session: string): Figure {
  const bare = 'select * from bom_lines where bom_header_id = ? order by line_number';
  const tree = answer<{ rows: unknown[] }>(station, session, 'bom.get', { bom_id: LARGE_BOM_ID });
  return {
    work: 'BOM of 10,000 lines: query and tree, as text for the window',
    measured: median(() => JSON.stringify(answer(station, session, 'bom.get', { bom_id: LARGE_BOM_ID }))),
    unit: 'ms',
    target: 200,
    more_is_better: false,
    floor: median(() => station.readAsSystem(ctx => JSON.stringify(ctx.sql.all(bare, [LARGE_BOM_ID])))),
    floor_is: 'bare rows of the table as JSON',
    note: `${tree.rows.length} rows; with its first paint: see below`,
  };
}

export function whereUsed(
  station: Station,
  session: string,
  which: 'rare' | 'common',
  material_id: string,
  lines: number,
): Figure {
  const bare = 'select bom_header_id, total_quantity_e6 from bom_lines where component_material_id = ?';
  const input = { material_id, limit: 100, offset: 0 };
  const found = answer<{ uses: unknown[] }>(station, session, 'orders.whereUsed', input);
  return {
    work: `Where-used over the order lines of a part that is ${which === 'rare' ? 'rare' : 'in every build'}`,
    measured: median(() => answer(station, session, 'orders.whereUsed', input)),
    unit: 'ms',
    target: 10,
    more_is_better: false,
    floor: median(() => station.readAsSystem(ctx => ctx.sql.all(bare, [material_id]))),
    floor_is: 'its lines by the index',
    note: `${lines.toLocaleString('en')} order lines, first ${found.uses.length} builds`,
  };
}
