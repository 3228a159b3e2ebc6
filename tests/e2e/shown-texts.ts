import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';

const root = path.resolve(import.meta.dirname, '../../resources/locales');
const texts = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Object.values(value ?? {}).flatMap(texts);
const read = (language: string) =>
  globSync(`${language}/*.json`, { cwd: root }).map((file): unknown =>
    JSON.parse(readFileSync(path.join(root, file), 'utf8')),
  );
const english = read('en');
/** First words of keys, as `screens` of `screens.orders`. */
const roots = new Set(english.flatMap(file => Object.keys(file ?? {})));
const isKey = (text: string): boolean =>
  /^[a-z_]+(\.\w+)+$/.test(text) && roots.has(text.split('.')[0] ?? '');

/** Named in themselves. */
const LANGUAGES = ['English', 'Français', 'Español'];

/** What a screen in another language shows as a key, with an open placeholder, or as only the English texts have it. */
export function textFaults(
  language: 'fr' | 'es',
  names: readonly string[],
): (page: Page) => Promise<string[]> {
  const kept = new Set([...names, ...LANGUAGES]);
  const own = new Set([...read(language).flatMap(texts), ...kept]);
  const left = new Set(english.flatMap(texts).filter(text => !own.has(text)));
  return async page => {
    const shown = await page.evaluate(() => {
      const found = new Set<string>();
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode())
        if (node.parentElement?.checkVisibility()) found.add(node.textContent?.trim() ?? '');
      for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
        for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
          found.add(element.getAttribute(name)?.trim() ?? '');
      return [...found];
    });
    return shown
      .filter(text => left.has(text) || (isKey(text) && !kept.has(text)) || text.includes('{{'))
      .map(text => `not ${language}: ${text}`);
  };
}
