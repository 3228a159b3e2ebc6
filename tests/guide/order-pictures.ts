import type { Page } from '@playwright/test';
import { expect, type Picture } from './picture.ts';

/** The document, and what this computer can do with it. */
const preview = async (page: Page) => {
  await expect(page.frameLocator('iframe').getByText('BUILD-001').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save PDF' })).toBeEnabled();
  // The viewer of PDF files draws in a process of its own, which no picture shows.
  await page.getByText('Reading view').click();
  await expect(page.getByRole('progressbar')).toHaveCount(0);
};

/** Orders, bills of materials, papers, and the builds on their way. */
export const ORDER_PICTURES: Picture[] = [
  {
    name: 'orders',
    who: 'coordinator',
    route: '/orders',
    open: page => expect(page.getByRole('gridcell').nth(20)).toBeVisible(),
  },
  {
    name: 'configurator',
    who: 'coordinator',
    route: '/orders/new/{draft}',
    open: page => expect(page.getByText('T2-CTRL-ESK3').first()).toBeVisible(),
  },
  {
    name: 'bom',
    who: 'coordinator',
    route: '/orders/{order}?tab=bom',
    async open(page) {
      await page.getByRole('row', { name: /T2-LC1-KIT/ }).click();
      await expect(page.getByRole('main').getByRole('complementary').first()).toBeVisible();
    },
  },
  {
    name: 'print',
    who: 'coordinator',
    route: '/print/work_instructions?order={order}',
    open: preview,
  },
  { name: 'work-instructions', document: 'work_instructions', record: 'order', page: 12 },
  {
    name: 'pick-list',
    who: 'coordinator',
    route: '/print/pick_list?order={inspected}',
    open: preview,
  },
  {
    name: 'excel',
    who: 'coordinator',
    route: '/orders',
    async open(page) {
      await expect(page.getByRole('gridcell').nth(20)).toBeVisible();
      await page.getByRole('main').locator('header button[aria-haspopup=menu]').first().click();
      await page.getByRole('menuitem', { name: 'New layout' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'work-lists',
    who: 'coordinator',
    route: '/work?list=procurement',
    open: page => expect(page.getByRole('main').getByRole('link').nth(3)).toBeVisible(),
  },
  {
    name: 'day-ship',
    who: 'coordinator',
    route: '/orders/{ready}',
    async open(page) {
      await page.getByRole('button', { name: 'Mark as shipped' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'day-review',
    who: 'procurement',
    route: '/orders/{review}?tab=bom',
    open: page => expect(page.getByRole('button', { name: 'Approve' }).first()).toBeVisible(),
  },
  {
    name: 'service',
    who: 'service',
    route: '/service',
    open: page => expect(page.getByRole('heading', { name: 'Cart (3)' })).toBeVisible(),
  },
  {
    name: 'reports',
    who: 'manager',
    route: '/reports',
    open: page => expect(page.getByRole('main').locator('canvas, svg, table').nth(1)).toBeVisible(),
  },
];
