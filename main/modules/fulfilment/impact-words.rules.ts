import type { Impact } from '../../../preload/contract/fulfilment.ts';
import en from '../../../resources/locales/en/fulfilment.json' with { type: 'json' };
import es from '../../../resources/locales/es/fulfilment.json' with { type: 'json' };
import fr from '../../../resources/locales/fr/fulfilment.json' with { type: 'json' };

const catalogue = { en: en.impact, fr: fr.impact, es: es.impact } as const;
export type ImpactLocale = keyof typeof catalogue;
const filled = (text: string, values: Record<string, string | number>): string =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (whole, name) => String(values[name] ?? whole));

/** One consequence as a line of an issue: what, of which part, why. */
export function impactLine({ kind, what, item_id, why }: Impact, locale: ImpactLocale): string {
  const { kinds, whys, forms } = catalogue[locale];
  const shown = kind === 'check' && what in forms ? forms[what as keyof typeof forms] : what;
  return `${kinds[kind]}: ${[shown, item_id].filter(Boolean).join(', ')} (${whys[why]})`;
}
/** The whole issue: which version replaced which, and a line for each consequence. */
export const impactText = (
  impacts: readonly Impact[],
  versions: { from: number; to: number },
  locale: ImpactLocale,
): string =>
  [filled(catalogue[locale].issue, versions), ...impacts.map(impact => impactLine(impact, locale))].join(
    '\n',
  );
/** What the floor is asked to do about it; null when it is not the floor's work. */
export function reworkText(impact: Impact, locale: ImpactLocale): string | null {
  const { rework } = catalogue[locale];
  const values = { what: impact.what, item: impact.item_id ?? '' };
  if (impact.kind === 'task') return filled(rework.task, values);
  return impact.kind === 'serial' ? filled(rework.serial, values) : null;
}
