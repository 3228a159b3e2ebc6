import { app, dialog } from 'electron';
import type { UpdateResult } from './updater.ts';

const texts = {
  en: {
    off: 'Updates are off. Set update.feedUrl to switch them on.',
    none: 'This is the newest version.',
    fetched: 'Version {v} is installed when you quit.',
    failed: 'The update feed could not be read: {v}',
  },
  fr: {
    off: 'Les mises à jour sont désactivées. Réglez update.feedUrl pour les activer.',
    none: 'Cette version est la plus récente.',
    fetched: 'La version {v} sera installée à la fermeture.',
    failed: 'La source des mises à jour est illisible : {v}',
  },
  es: {
    off: 'Las actualizaciones están desactivadas. Configure update.feedUrl para activarlas.',
    none: 'Esta es la versión más reciente.',
    fetched: 'La versión {v} se instalará al salir.',
    failed: 'No se pudo leer la fuente de actualizaciones: {v}',
  },
};

/** Answers somebody who asked; the checks in the background stay silent. */
export function updateNotice(result: UpdateResult): void {
  const language = app.getLocale().slice(0, 2);
  const words = language === 'fr' || language === 'es' ? texts[language] : texts.en;
  const value = result.kind === 'fetched' ? result.version : result.kind === 'failed' ? result.reason : '';
  void dialog.showMessageBox({
    type: 'info',
    title: 'Millwright',
    message: words[result.kind].replace('{v}', value),
  });
}
