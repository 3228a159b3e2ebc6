import { cpSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { catalogueIndex } from '../../../main/modules/catalogue/catalogue.service.ts';
import { readCatalogueFolder } from '../../../main/modules/catalogue/import-files.ts';
import { importFileNames } from '../../../main/modules/catalogue/import-shape.rules.ts';
import { temporaryFolder } from '../../support/station.ts';
import { pumpWorkshop } from './bom-support.ts';
import { demoFolder } from './import-support.ts';

function copy(): string {
  const folder = temporaryFolder();
  for (const name of importFileNames) cpSync(path.join(demoFolder, name), path.join(folder, name));
  return folder;
}
const outcome = (folder: string): string => {
  try {
    return `${readCatalogueFolder(folder).length} files`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

test('a folder of catalogue files is read; what is wrong with it is named', () => {
  const folder = copy();
  expect(outcome(folder)).toBe('5 files');
  rmSync(path.join(folder, 'legacy-codes.json'));
  expect(outcome(folder)).toBe('4 files');
  writeFileSync(path.join(folder, 'assemblies.json'), Buffer.from([0x7b, 0xff, 0xfe, 0x7d]));
  expect(outcome(folder)).toBe('import_file_not_text');
  writeFileSync(path.join(folder, 'assemblies.json'), Buffer.alloc(17 * 1024 * 1024, 0x20));
  expect(outcome(folder)).toBe('import_file_too_large');
  rmSync(path.join(folder, 'parts.json'));
  expect(outcome(folder)).toBe('import_file_missing');
});

test('the index follows every change, in the command that makes it and in later reads', () => {
  const shop = pumpWorkshop();
  const { station } = shop;
  const components = () =>
    station.readAsSystem(ctx => catalogueIndex(ctx).resolve('PUMP')?.components.length);
  const index = () => station.readAsSystem(ctx => catalogueIndex(ctx));
  expect(components()).toBe(4);
  expect(index()).toBe(index());
  shop.item('NEW-1');
  expect(station.readAsSystem(ctx => catalogueIndex(ctx).knownItem('NEW-1'))).toBe(true);
  const kept = index();
  station.asSystem('test.note', ctx =>
    ctx.record({ action: 'SYSTEM', category: 'test', entity_type: 'test' }),
  );
  expect(index()).toBe(kept);
  expect(station.asSystem('test.read', ctx => catalogueIndex(ctx).resolve('PUMP')?.kind)).toBe('ASSEMBLY');
});
