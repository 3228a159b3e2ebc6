import type { Page } from '@playwright/test';
import type { PEOPLE } from './fixtures.ts';

/** One look at a screen: a route, or a tab, a dialog or a choice of it. */
export interface Stop {
  /** As the router has it; its parameters are records of the same name unless `records` says which. */
  route: string;
  records?: Record<string, string>;
  query?: string;
  /** What was opened, where the address does not say it. */
  opened?: string;
  open?: (page: Page) => Promise<unknown>;
  /** There once the screen is there, besides its heading. */
  shows?: string;
  /** Full screen, or without a heading of its own: `shows` alone tells that it is there. */
  isBare?: boolean;
  /** The administrator where nothing is said. */
  who?: keyof typeof PEOPLE;
}

const GRID = 'main [role=gridcell]';
const TABLE = 'main tbody td';
const PANEL = 'main [role=tabpanel]';
const DIALOG = '[role=dialog]';
const press =
  (...places: string[]) =>
  async (page: Page) => {
    for (const place of places) await page.locator(place).first().click();
  };
const lastInHeader = async (page: Page) => page.locator('main header').getByRole('button').last().click();
const tab = (place: number) => async (page: Page) => page.locator('main').getByRole('tab').nth(place).click();

const over = (stop: Stop, opened: string, open: Stop['open'], shows = DIALOG): Stop => ({
  ...stop,
  opened,
  open: open ?? lastInHeader,
  shows,
});
const tabs = (stop: Stop, ...names: string[]): Stop[] =>
  names.map(name => ({ ...stop, query: `tab=${name}`, shows: PANEL }));
const times = (stop: Stop, count: number, open: (place: number) => Stop['open']): Stop[] =>
  Array.from({ length: count }, (_, at) => ({ ...stop, opened: `${at + 1}`, open: open(at) ?? press() }));

const users: Stop = { route: 'admin/users', shows: TABLE };
const user: Stop = { route: 'admin/users/:user_id', shows: PANEL };
const plants: Stop = { route: 'admin/plants' };
const identity: Stop[] = [
  users,
  over(users, 'new person', lastInHeader),
  ...times(user, 4, tab),
  { route: 'admin/roles', shows: TABLE },
  { route: 'admin/roles/:role_id' },
  { route: 'admin/roles/:role_id', records: { role_id: 'new' } },
  plants,
  over(plants, 'new plant', lastInHeader),
  over(plants, 'new department', page => page.getByRole('main').getByRole('button').nth(1).click()),
  { route: 'admin/organization' },
];

const station: Stop[] = [
  { route: 'admin/settings', shows: 'main section' },
  { route: 'admin/audit', shows: TABLE },
  { route: 'notifications', who: 'procurement' },
  { route: 'approvals' },
  { route: 'conflicts/:conflict_id?', records: { conflict_id: '' } },
  { route: 'exchange' },
  { route: 'exchange/join', shows: 'main textarea' },
  { route: 'conflicts/:conflict_id?', shows: 'main table' },
  { route: 'reports', shows: 'main table' },
  ...['lead_times', 'quality', 'failures', 'service'].map(report => ({
    route: 'reports',
    query: `view=${encodeURIComponent(JSON.stringify({ report }))}`,
    shows: 'main table',
  })),
  { route: 'admin/branding', shows: PANEL },
  { route: 'admin/branding', opened: 'forms', open: tab(1), shows: PANEL },
  { route: 'import', shows: 'main a[href="#/import/materials"]' },
  {
    route: 'print/:document',
    records: { document: 'work_instructions' },
    query: 'order={order_id}',
    shows: 'main iframe',
    isBare: true,
  },
  { route: 'import/:kind', records: { kind: 'materials' }, shows: 'main label, main button' },
];

const build: Stop = { route: 'orders/:order_id' };
const line = press('main [role=row]:has-text("T2-LC1-KIT")');
const views = 'main .mantine-SegmentedControl-label';
const orders: Stop[] = [
  { route: 'orders', shows: GRID },
  over({ route: 'orders', shows: GRID }, 'export layout', async page => {
    await page.locator('main header button[aria-haspopup=menu]').first().click();
    await page.getByRole('menuitem').last().click();
  }),
  { route: 'orders', opened: 'nothing found', open: page => page.locator('main input').first().fill('zzzz') },
  ...[1, 2, 3, 4, 5].map(step => ({ route: 'orders/new/:draft_id?', records: { draft_id: `step_${step}` } })),
  { route: 'orders/po/:order_number', shows: TABLE },
  { route: 'orders/where-used/:material_id' },
  {
    route: 'orders/new/:draft_id?',
    records: { draft_id: '' },
    opened: 'what is missing',
    open: page => page.getByRole('button', { name: /^(Next|Suivant|Siguiente)/ }).click(),
  },
  ...tabs(build, 'configuration', 'bom', 'documents', 'revisions', 'history', 'comments'),
  {
    ...build,
    query: 'tab=bom',
    opened: 'line of a BOM',
    open: line,
    shows: 'main aside, main [role=complementary]',
  },
  ...[1, 2, 3].map(at => ({
    ...build,
    query: 'tab=bom',
    opened: `view ${at}`,
    open: async (page: Page) => page.locator(views).nth(at).click(),
  })),
  ...tabs({ ...build, records: { order_id: 'working' } }, 'parts', 'work', 'issues'),
  ...tabs({ ...build, records: { order_id: 'shipped' } }, 'serials', 'inspections'),
  { route: 'orders/:order_id/revise', shows: PANEL },
  { route: 'orders/:order_id/revise', opened: 'accessories', open: tab(1), shows: PANEL },
  { route: 'boms', shows: TABLE },
  { route: 'boms/compare/:a/:b' },
  { route: 'boms/:bom_id', shows: GRID },
  { ...build, query: 'tab=bom', who: 'procurement', shows: PANEL },
  { route: 'service', who: 'service', shows: 'main [role=tabpanel] button' },
  { route: 'service', who: 'service', opened: 'what fits', open: tab(1), shows: PANEL },
  { route: 'service/orders', who: 'service' },
  {
    route: 'service/orders/:order_id',
    who: 'procurement',
    records: { order_id: 'service_order' },
    shows: TABLE,
  },
  ...['coordination', 'procurement', 'quality', 'assembly'].map(list => ({
    route: 'work',
    query: `list=${list}`,
  })),
  { route: 'work', who: 'operator' },
  { route: 'issues', shows: 'main article' },
  { route: 'parts-out', shows: 'main' },
];

const catalogueList: Stop = { route: 'catalogue', shows: GRID };
const model: Stop = { route: 'product-models/:product_model_id', shows: PANEL };
const catalogue: Stop[] = [
  catalogueList,
  over(catalogueList, 'category', async page => {
    await page.getByRole('treeitem').nth(2).click();
    await page.keyboard.press('F2');
  }),
  { ...catalogueList, query: 'new=1', opened: 'item form', shows: DIALOG },
  ...tabs({ route: 'catalogue/items/:material_id' }, 'facts', 'components', 'where_used', 'files', 'boms'),
  { route: 'catalogue/boms/:bom_id', records: { bom_id: 'master_bom' } },
  { route: 'catalogue/number/:number' },
  { route: 'catalogue/import', shows: 'main label, main button' },
  { route: 'product-models', shows: 'main a' },
  ...times(model, 5, at => async page => page.locator(views).nth(at).click()),
  {
    ...model,
    query: 'tab=bench',
    opened: 'an example',
    open: press('main [role=tabpanel] button'),
    shows: GRID,
  },
];

const form: Stop = { route: 'quality/forms/:log_id', shows: '[data-code]' };
const floor: Stop[] = [
  { route: 'floor', who: 'operator', shows: TABLE },
  { route: 'floor/:order_id', records: { order_id: 'working' }, shows: 'h1', isBare: true },
  { route: 'instructions', shows: 'main [role=row], main tbody td' },
  { route: 'tools', shows: 'main [role=row], main tbody td' },
  { route: 'instructions/:instruction_id' },
  { route: 'instructions/:instruction_id/edit' },
  { route: 'instructions/new' },
  { route: 'instructions/try' },
  { route: 'quality', shows: GRID, who: 'inspector' },
  { route: 'quality/results', shows: GRID },
  { ...form, who: 'inspector' },
  { route: 'quality/forms/:log_id/station', who: 'inspector', shows: '[data-code]', isBare: true },
  { ...form, records: { log_id: 'signed_form' } },
  { route: 'quality/plans', shows: GRID },
  { route: 'quality/plans/:plan_id' },
  { route: 'quality/instruments', shows: 'main [role=row], main tbody td' },
  { route: 'labels' },
  { route: 'labels/print' },
  { route: 'labels/printed/:label_id' },
  { route: 'admin/printers', shows: 'main table' },
  over({ route: 'admin/printers' }, 'new printer', lastInHeader),
  { route: 'admin/labels', shows: 'main a' },
  { route: 'admin/labels/:template_id', shows: '[role=application]' },
];

const tracking: Stop[] = [
  { route: 'tracking', shows: GRID },
  { route: 'tracking/in', shows: 'main input' },
  { route: 'tracking/out', shows: 'main input' },
  { route: 'tracking/balances', shows: GRID },
  { route: 'tracking/balances', query: 'order=WO-4411', shows: GRID },
  { route: 'tracking/reports' },
  { route: 'tracking/archive' },
  { route: 'tracking/station', shows: 'h1', isBare: true },
  { route: 'admin/work-centers' },
  { route: 'admin/older-tracking' },
];

/** Last: its check of the database waits for the one that a station makes when it starts. */
const system: Stop = { route: 'admin/system', shows: 'main table' };

/** Every screen of the product once. Neighbours of different routes are different components, so a new heading is a new screen. */
export const STOPS: Stop[] = [
  ...identity,
  ...station,
  ...orders,
  ...catalogue,
  ...floor,
  ...tracking,
  system,
];

/** Routes that no stop can stand for, and why. */
export const UNSEEN: Record<string, string> = {};

/** The address of a stop at a station with these records. */
export function addressOf(stop: Stop, records: Record<string, string>): string {
  const path = stop.route.replace(/:(\w+)\??/g, (_, name: string) => {
    const record = stop.records?.[name] ?? name;
    return encodeURIComponent(records[record] ?? (stop.records ? record : ''));
  });
  const query = stop.query?.replace(/\{(\w+)\}/g, (_, name: string) => records[name] ?? '');
  return `/${path.replace(/\/$/, '')}${query ? `?${query}` : ''}`;
}
export const nameOf = ({ route, records, query, opened }: Stop): string =>
  [route, ...Object.values(records ?? {}), query, opened].filter(Boolean).join(' ');
