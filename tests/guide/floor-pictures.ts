import { scan } from '../e2e/wedge.ts';
import { expect, type Picture } from './picture.ts';

/** The floor, order tracking, and the forms of quality. */
export const FLOOR_PICTURES: Picture[] = [
  {
    name: 'day-floor',
    who: 'operator',
    route: '/floor',
    open: page => expect(page.getByRole('link', { name: 'Open' }).first()).toBeVisible(),
  },
  {
    name: 'player',
    who: 'operator',
    route: '/floor/{working}',
    open: page => expect(page.getByRole('region', { name: 'Step' })).toBeVisible(),
  },
  {
    name: 'station',
    who: 'operator',
    route: '/tracking/station',
    async open(page) {
      await expect(page.getByLabel('Scan an order')).toBeFocused();
      const first_ms = await scan(page, 'PO-260101');
      const second_ms = await scan(page, '2', { at_ms: first_ms + 3000 });
      await expect(page.getByText(/PO-260101 IN 2/)).toBeVisible();
      await scan(page, 'PO-260102', { at_ms: second_ms + 3000 });
      await expect(page.getByText(/^available 0, after/)).toBeVisible();
    },
  },
  {
    name: 'scan-rejected',
    who: 'manager',
    route: '/tracking',
    async open(page) {
      await expect(page.getByRole('gridcell').first()).toBeVisible();
      await scan(page, '4006381333931');
      await expect(page.getByRole('alert').first()).toBeVisible();
    },
  },
  {
    name: 'day-inspections',
    who: 'inspector',
    route: '/orders/{inspected}?tab=inspections',
    open: page => expect(page.getByRole('tabpanel').getByText('Pre-QC').first()).toBeVisible(),
  },
  {
    name: 'quality-form',
    who: 'inspector',
    route: '/quality/forms/{form}',
    open: page => expect(page.locator('[data-code]').first()).toBeVisible(),
  },
  {
    name: 'quality-station',
    who: 'inspector',
    route: '/quality/forms/{form}/station',
    async open(page) {
      await expect(page.locator('[data-code]')).toBeVisible();
      await page.keyboard.press('F2');
      await page.getByRole('button', { name: /^P04/ }).first().click();
      await expect(page.locator('[data-code^=P04]')).toBeVisible();
    },
  },
  {
    name: 'quality-sign',
    who: 'inspector',
    route: '/quality/forms/{form}',
    prepare: plant => plant.answerForm(),
    async open(page) {
      await expect(page.locator('[data-code]').first()).toBeVisible();
      await page.keyboard.press('Control+Enter');
      await expect(page.getByRole('dialog')).toContainText('release it for production');
    },
  },
  {
    name: 'build-documents',
    who: 'inspector',
    route: '/orders/{shipped}?tab=documents',
    open: page => expect(page.getByRole('tabpanel').getByText('Device history record').first()).toBeVisible(),
  },
];
