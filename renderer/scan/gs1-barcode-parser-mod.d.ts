declare module 'gs1-barcode-parser-mod' {
  interface Element {
    ai: string;
    dataTitle: string;
    /** The day of a date as text; empty on everything else. */
    isoDate: string;
    raw: string;
  }
  /** Throws when the input is not an element string. */
  export function parseBarcode(barcode: string): { codeName: string; parsedCodeItems: Element[] };
}
