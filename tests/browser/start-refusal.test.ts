import { describe, expect, it } from 'vitest';
import {
  lastBackupOf,
  portRefusalText,
  refusalPage,
  startRefusalText,
} from '../../main/browser/start-refusal.ts';
import { startTexts } from '../../main/platform/start-texts.ts';
import { StartRefusal } from '../../main/platform/station-folder.ts';

const folder = '/plant & <floor>/data';
const file = `${folder}/millwright.db`;
const refusals = [
  new StartRefusal('second_instance', { folder }),
  new StartRefusal('database_newer', { file_version: 9, program_version: 4 }),
  new StartRefusal('database_damaged', { file, last_backup: null }),
  new StartRefusal('database_damaged', { file, last_backup: `${folder}/backups/last.db` }),
  new StartRefusal('database_read_only', { file }),
  new StartRefusal('disk_full', { folder }),
  new StartRefusal('folder_not_writable', { folder, reason: 'EACCES' }),
];
const ofPort = (code: string) => Object.assign(new Error('listen failed'), { code });

describe('why a station does not start', () => {
  it.each(refusals)('$code in three languages, with every detail and no open place', refusal => {
    const said = ['en-US', 'fr-CA', 'es-MX'].map(locale => startRefusalText(refusal, locale) ?? '');
    expect(new Set(said).size).toBe(3);
    for (const text of said) {
      expect(text).not.toMatch(/\{\{|\}\}/);
      for (const detail of Object.values(refusal.details))
        if (detail !== null) expect(text).toContain(String(detail));
    }
  });
  it('reads a country as its language, and an unknown language as English', () => {
    const languages = ['fr', 'FR-be', 'es-419', 'de-AT', ''].map(locale => startTexts(locale).language);
    expect(languages).toEqual(['fr', 'fr', 'es', 'en', 'en']);
  });
  it('names the command that puts the backup in place, where there is one', () => {
    const text = startRefusalText(refusals[3], 'es') ?? '';
    expect(text).toContain(`backup restore "${folder}/backups/last.db" --data "${folder}"`);
    expect(lastBackupOf(refusals[3])).toBe(`${folder}/backups/last.db`);
    expect(lastBackupOf(refusals[2])).toBeNull();
  });
  it('says what is wrong with a port, and nothing about other faults', () => {
    expect(portRefusalText(ofPort('EADDRINUSE'), '8080', 'fr')).toContain('Le port 8080 est pris');
    expect(portRefusalText(ofPort('EACCES'), '80', 'es')).toContain('no puede usar el puerto 80');
    expect(portRefusalText(ofPort('ENOENT'), '80', 'en')).toBeUndefined();
    expect(startRefusalText(new Error('a fault'), 'en')).toBeUndefined();
  });
  it('shows a page in the language it speaks, with the text as text', () => {
    const page = refusalPage(startRefusalText(refusals[0], 'fr') ?? '', 'fr');
    expect(page).toContain('<html lang="fr">');
    expect(page).toContain('<h1>Millwright n’a pas démarré</h1>');
    expect(page).toContain('/plant &#38; &#60;floor&#62;/data');
  });
});
