import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { materials } from '../../db/schema/catalogue.ts';
import { organizations, plants } from '../../db/schema/identity.ts';
import { compose } from '../../main/compose.ts';
import { unitOf } from '../../main/modules/catalogue/plant.service.ts';
import { listMaterials, searchMaterials } from '../../main/modules/catalogue/search.service.ts';
import { silentLog } from '../../main/platform/log.ts';

const ITEMS = 100_000;
const WORDS = ['bracket', 'housing', 'cable', 'screw', 'plate', 'valve', 'sensor', 'board', 'frame', 'basin'];
const TEXTS = ['P-0417', 'valve', 'cable 99', 'bracket housing', 'p-1', 'zzzzzz'];

export const name = 'catalogue search';

/** Milliseconds per search as one types, over 100,000 items, beside counting the same table. */
export async function run(): Promise<{ case: string; ms: number; floor_ms: number; target_ms: number }[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'millwright-bench-'));
  const station = compose({ data_folder: folder, log: silentLog });
  try {
    station.asSystem('bench.items', ctx => {
      ctx.insert(organizations, { org_code: 'BENCH', org_name: 'Bench' });
      const plant = ctx.insert(plants, { plant_code: 'B', plant_name: 'Bench', timezone: 'UTC' });
      const base_uom_id = unitOf(ctx, 'EA');
      for (let n = 0; n < ITEMS; n++) {
        const words = `${WORDS[n % 10]} ${WORDS[Math.floor(n / 10) % 10]} ${n % 997}`;
        ctx.insert(materials, {
          plant_id: plant.id,
          material_number: `P-${String(n).padStart(6, '0')}`,
          record_type: 'PART',
          material_name: words,
          base_uom_id,
        });
      }
    });
    return station.readAsSystem(ctx => {
      const timed = (work: () => unknown) => {
        work();
        const start = performance.now();
        for (let round = 0; round < 5; round++) work();
        return (performance.now() - start) / 5;
      };
      const floor_ms = timed(() =>
        ctx.sql.get('select count(*) from materials where material_name is not null'),
      );
      const list = {
        text: '',
        kind: null,
        category_id: null,
        active: 'active',
        sort: 'material_number',
        descending: false,
        offset: 50_000,
        limit: 100,
      } as const;
      let turns = 0;
      // Turning the order round each time shows the cost without the remembered one.
      const turn = () => turns++ % 2 === 0;
      return [
        ...TEXTS.map(text => ({
          case: `search "${text}"`,
          ms: timed(() => searchMaterials(ctx, { text, active_only: true, limit: 20 })),
          floor_ms,
          target_ms: 50,
        })),
        {
          case: 'list in a new order, page in the middle',
          ms: timed(() => listMaterials(ctx, { ...list, descending: turn() })),
          floor_ms,
          target_ms: 150,
        },
        {
          case: 'list, the next page',
          ms: timed(() => listMaterials(ctx, list)),
          floor_ms,
          target_ms: 50,
        },
        {
          case: 'list filtered by "valve", in a new order',
          ms: timed(() => listMaterials(ctx, { ...list, text: 'valve', offset: 0, descending: turn() })),
          floor_ms,
          target_ms: 50,
        },
      ];
    });
  } finally {
    await station.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
