import { writeFile } from 'node:fs/promises';
import { BrowserWindow } from 'electron';
import { Refusal } from '../rpc/refusal.ts';
import type { ShellAnswers } from './supervisor.ts';

/** Documents are drawn in a window nobody sees, by the engine that shows them on the screen. */
async function withDocument<T>(html_path: string, use: (window: BrowserWindow) => Promise<T>): Promise<T> {
  const window = new BrowserWindow({
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
  });
  try {
    await window.loadFile(html_path);
    return await use(window);
  } finally {
    window.destroy();
  }
}

export const printAnswers: Pick<ShellAnswers, 'print_pdf' | 'list_printers' | 'print_paper'> = {
  print_pdf: ({ html_path, pdf_path }) =>
    withDocument(html_path, async window => {
      // Paper size and margins are the document's own (@page).
      const pdf = await window.webContents.printToPDF({
        preferCSSPageSize: true,
        printBackground: true,
        generateTaggedPDF: true,
        generateDocumentOutline: true,
      });
      await writeFile(pdf_path, pdf);
      return null;
    }),
  list_printers: async () => {
    const window = new BrowserWindow({
      show: false,
      webPreferences: { sandbox: true, contextIsolation: true },
    });
    try {
      const printers = await window.webContents.getPrintersAsync();
      return printers.map(({ name, options }) => ({ name, is_default: isDefault(options) }));
    } finally {
      window.destroy();
    }
  },
  print_paper: ({ html_path, printer, silent }) =>
    withDocument(html_path, window => {
      const printed = Promise.withResolvers<null>();
      const options = {
        silent,
        printBackground: true,
        usePrinterDefaultPageSize: false,
        ...(printer && { deviceName: printer }),
      };
      window.webContents.print(options, (isPrinted, reason) => {
        // Closing the dialog is not a failure.
        if (isPrinted || /cancel/i.test(reason)) printed.resolve(null);
        else printed.reject(new Refusal('printer_failed', { printer: printer ?? '', reason }));
      });
      return printed.promise;
    }),
};

/** CUPS says it with an attribute; where it says nothing the user picks. */
const isDefault = (options: object): boolean =>
  'printer-is-default' in options && options['printer-is-default'] === 'true';
