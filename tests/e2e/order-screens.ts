import type { Page } from '@playwright/test';
import bomEn from '../../resources/locales/en/bom.json' with { type: 'json' };
import ordersEn from '../../resources/locales/en/orders.json' with { type: 'json' };
import uiEn from '../../resources/locales/en/ui.json' with { type: 'json' };
import bomFr from '../../resources/locales/fr/bom.json' with { type: 'json' };
import ordersFr from '../../resources/locales/fr/orders.json' with { type: 'json' };
import uiFr from '../../resources/locales/fr/ui.json' with { type: 'json' };
import { expect, visit } from './fixtures.ts';

/** The words of the screens, so that one test reads both languages. */
export const WORDS = {
  en: { orders: ordersEn.screens, bom: bomEn.screens, ui: uiEn },
  fr: { orders: ordersFr.screens, bom: bomFr.screens, ui: uiFr },
} as const;
export type Language = keyof typeof WORDS;
const NAMES = { en: 'English', fr: 'Français', es: 'Español' } as const;

export async function speak(page: Page, language: keyof typeof NAMES): Promise<void> {
  await page.getByRole('banner').locator('button[aria-haspopup="menu"]').last().click();
  await page.getByRole('menuitem', { name: /^(Language|Langue|Idioma)/ }).click();
  await page.getByRole('menuitem', { name: NAMES[language], exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', language);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
}

/** The address of a build, as the page of its purchase order has it. */
export async function buildAddress(page: Page, order_number: string, build_number: string): Promise<string> {
  await visit(page, `/orders/po/${order_number}`);
  await expect(page.getByRole('heading', { level: 1, name: order_number })).toBeVisible();
  const link = page.getByRole('table').getByRole('link', { name: build_number, exact: true });
  return ((await link.getAttribute('href')) ?? '').replace(/^#/, '');
}
