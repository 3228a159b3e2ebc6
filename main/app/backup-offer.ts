import { statSync } from 'node:fs';
import { app, dialog } from 'electron';

const texts = {
  en: {
    damaged: 'The database is damaged.',
    detail: 'The last backup is from {when}. The damaged file is kept beside it.',
    restore: 'Use the backup',
    quit: 'Quit',
  },
  fr: {
    damaged: 'La base de données est endommagée.',
    detail: 'La dernière sauvegarde date du {when}. Le fichier endommagé est conservé à côté.',
    restore: 'Utiliser la sauvegarde',
    quit: 'Quitter',
  },
  es: {
    damaged: 'La base de datos está dañada.',
    detail: 'La última copia de seguridad es del {when}. El archivo dañado se conserva al lado.',
    restore: 'Usar la copia',
    quit: 'Salir',
  },
};

/** Nothing is replaced unless somebody says so. */
export async function offerBackup(file: string): Promise<boolean> {
  const language = app.getLocale().slice(0, 2);
  const t = language === 'fr' || language === 'es' ? texts[language] : texts.en;
  const when = statSync(file).mtime.toLocaleString(language);
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: 'Millwright',
    message: t.damaged,
    detail: t.detail.replace('{when}', when),
    buttons: [t.restore, t.quit],
    defaultId: 1,
    cancelId: 1,
  });
  return response === 0;
}
