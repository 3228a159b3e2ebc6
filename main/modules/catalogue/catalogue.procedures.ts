import type { catalogue } from '../../../preload/contract/catalogue.ts';
import type { Handlers } from '../../rpc/handlers.ts';
import * as categories from './categories.service.ts';
import * as imports from './import-job.service.ts';
import * as bomRead from './master-bom-read.service.ts';
import * as bomWrite from './master-bom-write.service.ts';
import * as items from './materials.service.ts';
import * as models from './product-models-read.service.ts';
import * as search from './search.service.ts';
import * as units from './units.service.ts';

export const catalogueProcedures: Handlers<typeof catalogue> = {
  searchMaterials: search.searchMaterials,
  listMaterials: search.listMaterials,
  findMaterial: search.findMaterial,
  getMaterial: items.getMaterial,
  whereUsed: items.whereUsed,
  categoryTree: categories.categoryTree,
  listUnits: units.listUnits,
  convert: units.convert,
  createMaterial: items.createMaterial,
  saveMaterial: items.saveMaterial,
  materialReferences: items.materialReferences,
  setMaterialActive: items.setMaterialActive,
  confirmQuantities: items.confirmQuantities,
  categoryReferences: categories.categoryReferences,
  saveCategory: categories.saveCategory,
  importCatalogue: {
    work: 'catalogue.planImport',
    finish: imports.finishImport,
    failed: imports.failedImport,
  },
  listImports: imports.listImports,
  listMasterBoms: bomRead.listMasterBoms,
  getMasterBom: bomRead.getMasterBom,
  saveMasterBom: bomWrite.saveMasterBom,
  newMasterBomVersion: bomWrite.newMasterBomVersion,
  activateMasterBom: bomWrite.activateMasterBom,
  deactivateMasterBom: bomWrite.deactivateMasterBom,
  explode: bomRead.explode,
  compareMasterBoms: bomRead.compareMasterBoms,
  listFamilies: models.listFamilies,
  getProductModel: models.getProductModel,
  runTestBench: models.runTestBench,
};
