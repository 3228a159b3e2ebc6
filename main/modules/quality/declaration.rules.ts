import type { InspectionResult } from '../../../preload/contract/inspection.ts';
import type { LocalizedText } from '../../../preload/contract/product-model.ts';

const FAILED: LocalizedText = {
  en: 'I, {name}, declare on {date} that I made this inspection as recorded and that the build does not conform.',
  fr: 'Moi, {name}, déclare le {date} avoir fait cette inspection comme indiqué et que l’unité n’est pas conforme.',
  es: 'Yo, {name}, declaro el {date} que realicé esta inspección según lo registrado y que la unidad no es conforme.',
};

/** The words a signer confirms: those of the form for a pass, others for a failed inspection. */
export function declarationFor(
  of_form: LocalizedText,
  result: InspectionResult,
  by: { name: string; date: string; locale: keyof LocalizedText },
): string {
  const words = (result === 'FAIL' ? FAILED : of_form)[by.locale] || of_form.en;
  return words.replaceAll('{name}', by.name).replaceAll('{date}', by.date);
}
