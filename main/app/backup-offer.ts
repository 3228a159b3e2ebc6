import { statSync } from 'node:fs';
import { app, dialog } from 'electron';
import { fillText, startTexts } from '../platform/start-texts.ts';

/** Nothing is replaced unless somebody says so. */
export async function offerBackup(file: string): Promise<boolean> {
  const { language, texts } = startTexts(app.getLocale());
  const t = texts.backup_offer;
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: 'Millwright',
    message: t.message,
    detail: fillText(t.detail, { when: statSync(file).mtime.toLocaleString(language) }),
    buttons: [t.restore, t.quit],
    defaultId: 1,
    cancelId: 1,
  });
  return response === 0;
}
