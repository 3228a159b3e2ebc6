import { EventEmitter } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { menuTexts } from '../../main/app/menu-texts.ts';
import { readWindowState, rememberWindow } from '../../main/app/window-state.ts';
import { isSafeOutside } from '../../main/app/windows.ts';
import { temporaryFolder } from '../support/station.ts';

vi.mock('electron', () => import('../support/electron-harness/electron.ts'));

const DEFAULT = { width: 1400, height: 900 };
const place = { x: 100, y: 50, width: 1200, height: 800, is_maximized: true };

test('a window comes back to its place; an unreadable, foreign or off-screen place is forgotten', () => {
  const file = path.join(temporaryFolder(), 'shell/window.json');
  expect(readWindowState(file)).toEqual(DEFAULT);
  const { is_maximized, ...bounds } = place;
  const window = Object.assign(new EventEmitter(), {
    getNormalBounds: () => bounds,
    isMaximized: () => is_maximized,
  });
  rememberWindow(window as never, file);
  window.emit('close');
  expect(readWindowState(file)).toEqual(place);
  for (const junk of [
    '',
    '{',
    '[]',
    '{"x":"1"}',
    JSON.stringify({ ...place, x: 5000 }),
    JSON.stringify({ ...place, y: -900 }),
    JSON.stringify({ ...place, width: 1e9 }),
  ]) {
    writeFileSync(file, junk);
    expect(readWindowState(file)).toEqual(DEFAULT);
  }
});

test('only web pages without credentials are opened outside', () => {
  expect(isSafeOutside('https://outside.example/a?b#c')).toBe(true);
  for (const url of [
    'http://a.example',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://user:secret@a.example',
    'ms-msdt:/id',
    'not an address',
    '',
  ]) {
    expect(isSafeOutside(url)).toBe(false);
  }
});

test('the menu speaks the language of the computer, with every word in all three', () => {
  const [en, fr, es] = [menuTexts('en-US'), menuTexts('fr-CA'), menuTexts('es')];
  expect([fr.file, es.file, menuTexts('de').file]).toEqual(['Fichier', 'Archivo', 'File']);
  expect([Object.values(fr), Object.values(es)].flat().every(text => text.length > 0)).toBe(true);
  expect(Object.keys(en).filter(key => Reflect.get(en, key) === Reflect.get(fr, key))).toEqual([]);
});
