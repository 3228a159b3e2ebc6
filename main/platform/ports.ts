import { uuidv7 } from 'uuidv7';

/** What the domain needs from outside; tests pass fixed ones. */
export interface Clock {
  now_ms(): number;
}
export const systemClock: Clock = { now_ms: () => Date.now() };
export interface Ids {
  next(): string;
}
export const uuids: Ids = { next: () => uuidv7() };

/** Seals small secrets with the key store of the operating system, or with a key file of strict permissions. */
export interface Secrets {
  seal(plain: string): string;
  open(sealed: string): string;
}
/** The same for a process that has to ask the one with the key store. */
export interface SecretKeeper {
  seal(plain: string): Promise<string>;
  open(sealed: string): Promise<string>;
}
/** Turns an HTML file into a PDF file, with the engine that shows the product. */
export interface PdfEngine {
  readonly name: string;
  print(html_path: string, pdf_path: string): Promise<void>;
}
/** Sends a PDF to a printer; absent in browser mode, where the print dialog does it. */
export interface Printers {
  list(): Promise<{ name: string; is_default: boolean }[]>;
  print(html_path: string, options: { printer: string | null; silent: boolean }): Promise<void>;
}
