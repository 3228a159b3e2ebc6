import { performance } from 'node:perf_hooks';
import { bulkId } from '../support/bulk.ts';
import {
  answer,
  benchFolder,
  fillBench,
  installBench,
  LARGE_BOM_ID,
  openBench,
  signInBench,
} from './bench-station.ts';
import { orderList } from './list-bench.ts';

const full = benchFolder();
try {
  const empty = openBench(full.folder);
  const owner = installBench(empty);
  const database = empty.folders.database;
  await empty.close();
  fillBench(database, owner, {
    orders: 100_000,
    materials: 2_000,
    boms: 20,
    lines_per_bom: 500,
    large_bom: 10_000,
  });
  const station = openBench(full.folder);
  const session = signInBench(station);
  const f = orderList(station, session, 100_000);
  console.log(f.note?.replaceAll('; ', '\n'));
  const time = (path: string, input: unknown) => {
    answer(station, session, path, input);
    const t = [];
    for (let i = 0; i < 5; i++) {
      const a = performance.now();
      answer(station, session, path, input);
      t.push(performance.now() - a);
    }
    console.log(path, JSON.stringify(input).slice(0, 80), t.sort((a, b) => a - b)[2]?.toFixed(1));
  };
  time('orders.facets', { filter: {} });
  time('orders.facets', { filter: { status: ['SHIPPED'] } });
  time('orders.listIds', {});
  time('orders.list', { filter: { mine: true } });
  time('orders.list', { filter: { text: 'clinic' } });
  time('orders.list', { filter: { text: 'po-' } });
  time('orders.list', { sort: { by: 'customer_name', direction: 'asc' } });
  time('orders.list', { sort: { by: 'want_on', direction: 'desc' } });
  time('orders.list', { offset: 50000, limit: 1000 });
  time('orders.whereUsed', { material_id: bulkId(4, 97) });
  time('bom.get', { bom_id: LARGE_BOM_ID });
  time('orders.headerSuggestions', { field: 'customer_name', text: 'n' });
  const plans = (sql: string) =>
    station.readAsSystem(ctx =>
      console.log(ctx.sql.all<{ detail: string }>('explain query plan ' + sql).map(r => r.detail)),
    );
  plans(
    "select o.id from orders o where o.order_kind='CUSTOMER_BUILD' and o.plant_id='x' order by o.created_at_ms desc, o.order_number, o.build_number, o.id limit 100",
  );
  plans("select count(*) from orders o where o.order_kind='CUSTOMER_BUILD' and o.plant_id='x'");
  plans(
    "select count(*) from orders o where o.order_kind='CUSTOMER_BUILD' and o.plant_id='x' and o.want_on < '2026' and o.order_status <> 'SHIPPED'",
  );
  await station.close();
} finally {
  full.remove();
}
