import { readFileSync } from 'node:fs';
import path from 'node:path';
import i18next from 'i18next';
import { expect, test } from 'vitest';
import { differingParts } from '../../../renderer/modules/replication/parts/json-parts.rules.ts';
import {
  markOf,
  type Status,
  shareOf,
  syncedWords,
} from '../../../renderer/modules/replication/parts/mark.rules.ts';

const status = (more: Partial<Status>): Status => ({
  state: 'online',
  trouble: null,
  centre: null,
  waiting_units: 0,
  oldest_waiting_at_ms: null,
  waiting_files: 0,
  refused_rows: 0,
  last_contact_at_ms: null,
  complete_to_ms: null,
  clock_offset_ms: null,
  maintained: null,
  progress: null,
  ...more,
});
const trouble = (code: string) => ({ code, details: {} });

test('a cut line is no trouble; what does not pass by itself calls a person', () => {
  const kinds: [Partial<Status>, string][] = [
    [{ state: 'standalone' }, 'standalone'],
    [{ state: 'offline', trouble: trouble('centre_unreachable') }, 'offline'],
    [{ state: 'offline', trouble: trouble('centre_not_accepting') }, 'offline'],
    [{ state: 'offline', trouble: trouble('centre_certificate_wrong') }, 'trouble'],
    [{ state: 'stopped', trouble: trouble('centre_not_enrolled') }, 'trouble'],
    [{ state: 'online', trouble: trouble('clock_wrong') }, 'trouble'],
    [{ state: 'online', refused_rows: 3 }, 'trouble'],
    [{ state: 'pushing' }, 'exchanging'],
    [{ state: 'pulling' }, 'exchanging'],
    [{ state: 'catching_up' }, 'catching_up'],
    [{ state: 'online' }, 'online'],
  ];
  expect(kinds.map(([more]) => markOf(status(more)))).toEqual(kinds.map(([, kind]) => kind));
});

test('an exchange that went through says what still waits, in every language', async () => {
  const texts = (language: string) => ({
    replication: JSON.parse(
      readFileSync(path.join(process.cwd(), `resources/locales/${language}/replication.json`), 'utf8'),
    ),
  });
  const i18n = i18next.createInstance();
  await i18n.init({ resources: { en: texts('en'), fr: texts('fr'), es: texts('es') } });
  const words = (language: 'en' | 'fr' | 'es', left: Partial<Status>) =>
    syncedWords((key, values = {}) => i18n.getFixedT(language, 'replication')(key, values), status(left));
  expect(words('en', {})).toBe('Sent and received. Nothing is missing.');
  expect(words('en', { waiting_files: 2 })).toBe('Sent and received. Still waiting: 2 files.');
  expect(words('fr', { waiting_files: 1, waiting_units: 3 })).toBe(
    'Envoyé et reçu. Encore en attente : 3 étapes, 1 fichier.',
  );
  expect(words('es', { waiting_files: 2 })).toBe('Enviado y recibido. Aún en espera: 2 archivos.');
});

test('a share is told only when there is a total, and never passes the whole', () => {
  const share = (done: number, total: number) =>
    shareOf(status({ progress: { phase: 'load', done, total } }));
  expect([shareOf(status({})), share(0, 0), share(5, 20), share(30, 20)]).toEqual([null, null, 0.25, 1]);
});

test('of a document only the places that differ are shown', () => {
  const base = { length_in: 60, basins: [{ kind: 'E_SINK' }, { kind: 'E_DRAIN' }], note: null };
  const mine = { ...base, length_in: 72 };
  const theirs = { ...base, basins: [{ kind: 'E_SINK' }] };
  expect(differingParts(base, mine, theirs)).toEqual([
    { path: 'basins.1.kind', base: 'E_DRAIN', mine: 'E_DRAIN', theirs: null },
    { path: 'length_in', base: '60', mine: '72', theirs: '60' },
  ]);
  expect(differingParts(base, base, base)).toEqual([]);
});
