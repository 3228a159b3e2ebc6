import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, PEOPLE, signIn, test, visit } from './fixtures.ts';
import { buildAddress, type Language, speak, WORDS } from './order-screens.ts';

test.use({ story: 'order-accessibility' });

/** Serious violations of what is in the window, and anything wider than it. */
async function faults(page: Page): Promise<string[]> {
  await expect(page.locator('.mantine-Loader-root:visible')).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze();
  const found = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.slice(0, 2).map(node => `${id}: ${node.html.slice(0, 160)}`));
  const isTooWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  return isTooWide ? [...found, 'wider than the window'] : found;
}

const LONG_CUSTOMER =
  'Centre hospitalier universitaire de la Nouvelle-Écosse et du Nouveau-Brunswick, pavillon Sainte-Marguerite';
const CASES: { colorScheme: 'light' | 'dark'; language: Language }[] = [
  { colorScheme: 'light', language: 'en' },
  { colorScheme: 'dark', language: 'fr' },
];
test.setTimeout(360_000);

for (const { colorScheme, language } of CASES) {
  const { orders: words, bom } = WORDS[language];
  test.describe(`${colorScheme}, ${language}`, () => {
    const wrong: string[] = [];
    let page: Page;
    const look = async (screen: string) => {
      await page.screenshot({});
      wrong.push(...(await faults(page)).map(fault => `${screen} ${fault}`));
    };
    test.beforeEach(async ({ browser, station }) => {
      wrong.length = 0;
      const context = await browser.newContext({
        colorScheme,
        reducedMotion: 'reduce',
        viewport: { width: 1280, height: 720 },
      });
      page = await context.newPage();
      await signIn(page, station, PEOPLE.coordinator);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await speak(page, language);
    });
    test.afterEach(() => page.context().close());

    test('lists, order, BOM, comparison, instructions and previews', async () => {
      const address = await buildAddress(page, 'PO-260105', 'BUILD-001');
      await visit(page, '/orders');
      await expect(page.getByRole('grid').first()).toBeVisible();
      await look('order list');
      await page.getByRole('searchbox').or(page.getByLabel(words.search_orders)).last().fill('zzzz');
      await expect(page.getByText(words.no_orders, { exact: true })).toBeVisible();
      await look('empty order list');

      await visit(page, '/orders/po/PO-260105');
      await expect(page.getByRole('heading', { level: 1, name: 'PO-260105' })).toBeVisible();
      await look('purchase order');
      await page.getByRole('button', { name: bom.compare_builds }).click();
      await page.getByRole('menuitem', { name: 'BUILD-001 ↔ BUILD-002' }).click();
      await expect(page.getByRole('heading', { name: bom.answers_changed })).toBeVisible();
      await look('comparison of builds');

      for (const tab of ['configuration', 'bom', 'documents', 'revisions', 'history']) {
        await visit(page, `${address}?tab=${tab}`);
        await expect(page.getByRole('tabpanel')).toBeVisible();
        await look(`build, ${tab}`);
      }
      await visit(page, `${address}?tab=bom`);
      await page.getByRole('row').filter({ hasText: 'T2-LC1-KIT' }).first().click();
      await expect(page.getByRole('heading', { name: bom.why })).toBeVisible();
      await look('line of a BOM');
      await page.getByRole('link', { name: bom.where_used_orders }).click();
      await expect(page.getByRole('heading', { level: 1, name: words.where_used })).toBeVisible();
      await look('where used');
      await visit(page, `${address}?tab=bom`);
      for (const view of ['aggregated', 'assemblies', 'versions'] as const) {
        await page.getByText(bom.views[view], { exact: true }).click();
        await look(`BOM, ${view}`);
      }
      await visit(page, `${address}/revise`);
      await expect(page.getByRole('button', { name: words.save_revision })).toBeVisible();
      await look('revise, configuration');
      await page.getByRole('tab', { name: words.steps[4] }).click();
      await look('revise, accessories');

      for (const to of ['/boms', '/instructions', '/tools']) {
        await visit(page, to);
        await expect(page.getByRole('row').nth(2)).toBeVisible();
        await look(to);
      }
      await visit(page, '/instructions');
      await page.getByRole('link', { name: 'A01' }).first().click();
      await expect(page.getByRole('heading', { level: 1, name: /^A01/ })).toBeVisible();
      await look('work instruction');

      const order = address.split('/').at(-1);
      for (const document of ['order_confirmation', 'bom_tree', 'bom_aggregated', 'work_instructions']) {
        await visit(page, `/print/${document}?order=${order}`);
        await expect(page.locator('iframe').first()).toBeVisible();
        await look(`preview of ${document}`);
      }
      expect(wrong).toEqual([]);
    });

    test('the order wizard from customer to review', async () => {
      const next = page.getByRole('button', { name: words.next, exact: true });
      await visit(page, '/orders/new');
      await expect(next).toBeVisible();
      await look('step 1, empty');
      await next.click();
      await look('step 1, what is missing');
      await page.getByLabel(words.header.order_number).fill(`PO-95${language === 'en' ? 1 : 2}`);
      await page.getByRole('combobox', { name: words.header.customer_name }).fill(LONG_CUSTOMER);
      await page.getByRole('combobox', { name: words.header.sales_person }).fill('Peter Aldous');
      await page.getByRole('textbox', { name: words.header.want_on }).fill('2035-03-01');
      await page.keyboard.press('Tab');
      await look('step 1');
      await next.click();
      await page.getByRole('radio', { name: 'CleanStation MDRD' }).click();
      await page.getByRole('textbox', { name: words.quantity }).fill('2');
      await page.getByRole('button', { name: words.suggest_numbers }).click();
      await expect(page.getByLabel(words.build_number.replace('{{index}}', '2'))).toHaveValue('BUILD-002');
      await look('step 2');
      await next.click();
      await page.getByRole('radio', { name: /^T2-B3/ }).click();
      await expect(page.getByRole('group', { name: / 3$/ }).first()).toBeVisible();
      await look('step 3');
      await next.click();
      await expect(page.getByText(words.nothing_chosen)).toBeVisible();
      await page
        .getByRole('button', { name: /^(Add|Ajouter)/ })
        .nth(1)
        .click();
      await look('step 4');
      await next.click();
      await expect(page.getByRole('button', { name: words.submit })).toBeVisible();
      await look('step 5');
      await visit(page, '/orders');
      await expect(page.getByRole('group', { name: words.drafts })).toBeVisible();
      await look('order list with a draft');
      expect(wrong).toEqual([]);
    });
  });
}
