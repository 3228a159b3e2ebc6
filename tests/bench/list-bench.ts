import type { Station } from '../../main/compose.ts';
import { answer } from './bench-station.ts';
import { type Figure, median } from './harness.ts';

const ORDER_PAGES = {
  'first page, newest first': {},
  'filtered by status and customer, by wanted day': {
    filter: { status: ['PARTS_SENT', 'SHIPPED'], customer_name: 'North Clinic' },
    sort: { by: 'want_on', direction: 'asc' },
  },
  'sorted by status': { sort: { by: 'order_status', direction: 'asc' } },
  'sorted by project, last page': { sort: { by: 'project_name', direction: 'desc' }, offset: 99_900 },
  'late only': { filter: { late: true } },
  'search "hopital 0042"': { filter: { text: 'hopital 0042' } },
  'search of two letters': { filter: { text: 'PO' } },
};

/** The slowest of what people do with the list, and what it costs to read as many rows bare. */
export function orderList(station: Station, session: string, orders: number): Figure {
  const timings = Object.entries(ORDER_PAGES).map(([what, input]) => {
    const ask = () => answer<{ rows: unknown[]; total: number }>(station, session, 'orders.list', input);
    return { what, total: ask().total, ms: median(ask, { least_runs: 5, least_ms: 150 }) };
  });
  const slowest = timings.reduce((a, b) => (b.ms > a.ms ? b : a));
  const bare = 'select count(*) from orders where want_on >= ?';
  return {
    work: `Order list at ${orders.toLocaleString('en')} orders: slowest of filter, sort, search`,
    measured: slowest.ms,
    unit: 'ms',
    target: 50,
    more_is_better: false,
    floor: median(() => station.readAsSystem(ctx => ctx.sql.all(bare, ['1900-01-01']))),
    floor_is: 'counting them by an index',
    note: timings
      .map(t => `${t.what} (${t.total.toLocaleString('en')} found): ${t.ms.toFixed(1)} ms`)
      .join('; '),
  };
}

export function catalogueSearch(station: Station, session: string, materials: number): Figure {
  const texts = ['Câble 3', 'cable type 12', '7', '712', 'MPN-12', 'sensor 5 x 101', 'caster 311 zzz'];
  const ask = (text: string) =>
    answer<{ items: unknown[] }>(station, session, 'catalogue.searchMaterials', {
      text,
      limit: 20,
      active_only: true,
    });
  const timings = texts.map(text => ({
    text,
    found: ask(text).items.length,
    ms: median(() => ask(text), { least_runs: 5, least_ms: 100 }),
  }));
  const slowest = timings.reduce((a, b) => (b.ms > a.ms ? b : a));
  const bare = 'select id from materials where material_number >= ? and material_number < ? limit 20';
  return {
    work: `Catalogue search at ${materials.toLocaleString('en')} items: slowest text`,
    measured: slowest.ms,
    unit: 'ms',
    target: 50,
    more_is_better: false,
    floor: median(() => station.readAsSystem(ctx => ctx.sql.all(bare, ['712', '713']))),
    floor_is: 'twenty numbers by the index',
    note: timings.map(t => `"${t.text}" (${t.found}): ${t.ms.toFixed(1)} ms`).join('; '),
  };
}
