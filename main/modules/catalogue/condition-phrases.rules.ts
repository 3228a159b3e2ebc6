import type { LocalizedText } from '../../../preload/contract/product-model.ts';

/** What the words of a condition are made of; `{0}` and `{1}` are the words of its parts. */
export const phrases = {
  always: { en: 'always', fr: 'toujours', es: 'siempre' },
  never: { en: 'never', fr: 'jamais', es: 'nunca' },
  yes: { en: '{0}: yes', fr: '{0} : oui', es: '{0}: sí' },
  no: { en: '{0}: no', fr: '{0} : non', es: '{0}: no' },
  not: { en: 'not ({0})', fr: 'pas ({0})', es: 'no ({0})' },
  and: { en: '{0} and {1}', fr: '{0} et {1}', es: '{0} y {1}' },
  or: { en: '{0} or {1}', fr: '{0} ou {1}', es: '{0} o {1}' },
  group: { en: '({0})', fr: '({0})', es: '({0})' },
  if: {
    en: 'if {0}, then {1}, otherwise {2}',
    fr: 'si {0}, alors {1}, sinon {2}',
    es: 'si {0}, entonces {1}; si no, {2}',
  },
  answered: { en: '{0} is answered', fr: '{0} : réponse donnée', es: '{0}: con respuesta' },
  not_answered: { en: '{0} is not answered', fr: '{0} : sans réponse', es: '{0}: sin respuesta' },
  '==': { en: '{0}: {1}', fr: '{0} : {1}', es: '{0}: {1}' },
  '!=': { en: '{0}: other than {1}', fr: '{0} : autre que {1}', es: '{0}: distinto de {1}' },
  '<': { en: '{0}: less than {1}', fr: '{0} : moins de {1}', es: '{0}: menos de {1}' },
  '<=': { en: '{0}: at most {1}', fr: '{0} : au plus {1}', es: '{0}: como máximo {1}' },
  '>': { en: '{0}: more than {1}', fr: '{0} : plus de {1}', es: '{0}: más de {1}' },
  '>=': { en: '{0}: at least {1}', fr: '{0} : au moins {1}', es: '{0}: al menos {1}' },
  less_than: { en: '{0}: less than {1}', fr: '{0} : moins que {1}', es: '{0}: menos que {1}' },
  more_than: { en: '{0}: more than {1}', fr: '{0} : plus que {1}', es: '{0}: más que {1}' },
  range: { en: '{0}: {1} to {2}', fr: '{0} : de {1} à {2}', es: '{0}: de {1} a {2}' },
  in: { en: '{0}: one of {1}', fr: '{0} : parmi {1}', es: '{0}: uno de {1}' },
  same: { en: '{0}: the same', fr: '{0} : identique', es: '{0}: igual' },
  exists: {
    en: '{0}: at least one with ({1})',
    fr: '{0} : au moins une ligne avec ({1})',
    es: '{0}: al menos una fila con ({1})',
  },
  all: {
    en: '{0}: every one with ({1})',
    fr: '{0} : chaque ligne avec ({1})',
    es: '{0}: cada fila con ({1})',
  },
  rows_with: { en: '{0} with ({1})', fr: '{0} avec ({1})', es: '{0} con ({1})' },
  count: { en: 'Number of {0}', fr: 'Nombre de lignes ({0})', es: 'Número de filas ({0})' },
  sum: { en: 'Sum of {0} ({1})', fr: 'Somme de {0} ({1})', es: 'Suma de {0} ({1})' },
  starts: {
    en: '{0}: begins with {1}',
    fr: '{0} : commence par {1}',
    es: '{0}: empieza con {1}',
  },
  ends: { en: '{0}: ends with {1}', fr: '{0} : finit par {1}', es: '{0}: termina con {1}' },
  characters: {
    en: '{0}, characters {1} to {2}',
    fr: '{0}, caractères {1} à {2}',
    es: '{0}, caracteres {1} a {2}',
  },
  max: { en: 'the larger of {0} and {1}', fr: 'le plus grand de {0} et {1}', es: 'el mayor de {0} y {1}' },
  min: { en: 'the smaller of {0} and {1}', fr: 'le plus petit de {0} et {1}', es: 'el menor de {0} y {1}' },
  days_between: {
    en: 'Days from {0} to {1}',
    fr: 'Jours entre {0} et {1}',
    es: 'Días entre {0} y {1}',
  },
  beside: { en: '{0} {1}', fr: '{0} {1}', es: '{0} {1}' },
  list: { en: '{0}, {1}', fr: '{0}, {1}', es: '{0}, {1}' },
  quoted: { en: '“{0}”', fr: '« {0} »', es: '«{0}»' },
  '+': { en: '{0} + {1}', fr: '{0} + {1}', es: '{0} + {1}' },
  '-': { en: '{0} − {1}', fr: '{0} − {1}', es: '{0} − {1}' },
  '*': { en: '{0} × {1}', fr: '{0} × {1}', es: '{0} × {1}' },
  of_this_row: { en: '{0} of this row', fr: '{0} (cette ligne)', es: '{0} (esta fila)' },
  inches: { en: '{0} in', fr: '{0} po', es: '{0} in' },
  today: { en: 'today', fr: 'aujourd’hui', es: 'hoy' },
  want_date: { en: 'the wanted date', fr: 'la date voulue', es: 'la fecha deseada' },
} as const satisfies Record<string, LocalizedText>;

/** The phrase with the words of its parts, in each language. */
export function phrase(texts: LocalizedText, ...parts: readonly LocalizedText[]): LocalizedText {
  const fill = (language: keyof LocalizedText) =>
    texts[language].replace(/\{(\d)\}/g, (_, at: string) => parts[Number(at)]?.[language] ?? '');
  return { en: fill('en'), fr: fill('fr'), es: fill('es') };
}
export const plain = (text: string): LocalizedText => ({ en: text, fr: text, es: text });
