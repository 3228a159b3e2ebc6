import type { LocalizedText } from '../../../preload/contract/product-model.ts';

/** Statements the engine itself makes about any model. Everything else is written in the model. */
export const engineTexts = {
  notADocument: (): LocalizedText => ({
    en: 'The configuration is not a set of answers',
    fr: "La configuration n'est pas un ensemble de réponses",
    es: 'La configuración no es un conjunto de respuestas',
  }),
  unknownField: (path: string): LocalizedText => ({
    en: `Unknown field: ${path}`,
    fr: `Champ inconnu : ${path}`,
    es: `Campo desconocido: ${path}`,
  }),
  tooManyRows: (label: LocalizedText, limit: number): LocalizedText => ({
    en: `${label.en}: at most ${limit} rows`,
    fr: `${label.fr} : ${limit} lignes au plus`,
    es: `${label.es}: ${limit} filas como máximo`,
  }),
  notRows: (label: LocalizedText): LocalizedText => ({
    en: `${label.en}: a list of rows is expected`,
    fr: `${label.fr} : une liste de lignes est attendue`,
    es: `${label.es}: se espera una lista de filas`,
  }),
  wrongType: (label: LocalizedText, kind: 'integer' | 'boolean' | 'text'): LocalizedText => {
    const expected = {
      integer: { en: 'a whole number', fr: 'un nombre entier', es: 'un número entero' },
      boolean: { en: 'yes or no', fr: 'oui ou non', es: 'sí o no' },
      text: { en: 'a short text', fr: 'un texte court', es: 'un texto corto' },
    }[kind];
    return {
      en: `${label.en}: ${expected.en} is expected`,
      fr: `${label.fr} : ${expected.fr} est attendu`,
      es: `${label.es}: se espera ${expected.es}`,
    };
  },
  unknownValue: (label: LocalizedText, value: string): LocalizedText => ({
    en: `${label.en}: unknown value ${value}`,
    fr: `${label.fr} : valeur inconnue ${value}`,
    es: `${label.es}: valor desconocido ${value}`,
  }),
  outOfRange: (label: LocalizedText, range: string, unit?: LocalizedText): LocalizedText => ({
    en: `${label.en}: ${range}${unit ? ` ${unit.en}` : ''} allowed`,
    fr: `${label.fr} : ${range}${unit ? ` ${unit.fr}` : ''} permis`,
    es: `${label.es}: ${range}${unit ? ` ${unit.es}` : ''} permitido`,
  }),
  missing: (label: LocalizedText): LocalizedText => ({
    en: `${label.en} is not answered`,
    fr: `${label.fr} : sans réponse`,
    es: `${label.es}: sin respuesta`,
  }),
  unknownItem: (itemId: string): LocalizedText => ({
    en: `${itemId} is not in the catalogue`,
    fr: `${itemId} n'est pas au catalogue`,
    es: `${itemId} no está en el catálogo`,
  }),
  notInLibrary: (itemId: string): LocalizedText => ({
    en: `${itemId} is not in the list of this product`,
    fr: `${itemId} n'est pas dans la liste de ce produit`,
    es: `${itemId} no está en la lista de este producto`,
  }),
  customPartExists: (itemId: string): LocalizedText => ({
    en: `Custom part number ${itemId} is a catalogue item`,
    fr: `Le numéro de pièce spéciale ${itemId} est un article du catalogue`,
    es: `El número de pieza especial ${itemId} es un artículo del catálogo`,
  }),
  itemIdTooLong: (itemId: string, limit: number): LocalizedText => ({
    en: `${itemId} is longer than ${limit} characters`,
    fr: `${itemId} dépasse ${limit} caractères`,
    es: `${itemId} supera ${limit} caracteres`,
  }),
  ruleFailed: (rule: string, problem: string): LocalizedText => ({
    en: `Rule ${rule} cannot be evaluated: ${problem}`,
    fr: `La règle ${rule} ne peut pas être évaluée : ${problem}`,
    es: `La regla ${rule} no se puede evaluar: ${problem}`,
  }),
  badQuantity: (rule: string, quantity: string): LocalizedText => ({
    en: `Rule ${rule} gives the quantity ${quantity}`,
    fr: `La règle ${rule} donne la quantité ${quantity}`,
    es: `La regla ${rule} da la cantidad ${quantity}`,
  }),
  groupCount: (label: LocalizedText, found: number): LocalizedText => ({
    en: `${label.en}: ${found} lines, no rule decides`,
    fr: `${label.fr} : ${found} lignes, aucune règle ne tranche`,
    es: `${label.es}: ${found} líneas, ninguna regla decide`,
  }),
  badSetting: (key: string): LocalizedText => ({
    en: `Setting ${key} has a wrong value`,
    fr: `Le réglage ${key} a une valeur erronée`,
    es: `El ajuste ${key} tiene un valor incorrecto`,
  }),
  notReleased: (): LocalizedText => ({
    en: 'This product family is not released',
    fr: "Cette famille de produits n'est pas publiée",
    es: 'Esta familia de productos no está publicada',
  }),
};
