import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  compileModel,
  type EvaluationContext,
  evaluateConfiguration,
} from '../../../main/modules/catalogue/product-model.rules.ts';
import { type Configuration, configuration, productModel } from '../../../preload/contract/product-model.ts';

const root = join(import.meta.dirname, '../../..');
export const catalogFolder = join(root, '../shared/catalog');
export const hasCatalog = existsSync(join(catalogFolder, 'assemblies.json'));
export const skipReason = `skipped: no catalogue at ${catalogFolder}`;

export const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
export const readModel = (name: string) =>
  productModel.parse(readJson(join(root, 'resources/product-models', `${name}.json`)));
export const mdrd = compileModel(readModel('cleanstation-mdrd'));

const component = z.object({ part_id: z.string(), quantity: z.int(), notes: z.string().nullish() });
const assembliesFile = z.object({
  assemblies: z.record(z.string(), z.object({ name: z.string(), components: z.array(component) })),
});
const partsFile = z.object({ parts: z.record(z.string(), z.object({ name: z.string() })) });
const overlayFile = z.object({ components: z.record(z.string(), z.array(component)) });
const examplesFile = z.object({
  metadata: z.unknown(),
  examples: z.array(
    z.object({
      id: z.string(),
      config: z.unknown(),
      expectedTopLevel: z.array(
        z.object({
          itemId: z.string(),
          quantity: z.int(),
          group: z.string(),
          notes: z.string().optional(),
          isCustomPart: z.boolean().optional(),
          customPartSpec: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
        }),
      ),
      expectedTree: z.object({
        rows: z.int(),
        maxLevel: z.int(),
        distinctLeaves: z.int(),
        totalLeafQuantity: z.int(),
      }),
      expectedLeafTotals: z.record(z.string(), z.int()),
    }),
  ),
});

export const readAssemblies = () =>
  assembliesFile.parse(readJson(join(catalogFolder, 'assemblies.json'))).assemblies;
export const readParts = () => partsFile.parse(readJson(join(catalogFolder, 'parts.json'))).parts;
export const readOverlay = () =>
  overlayFile.parse(readJson(join(catalogFolder, 'control-box-components.json'))).components;
export const readExamples = () =>
  examplesFile.parse(readJson(join(catalogFolder, 'bom-worked-examples.json')));

/** Every id is known except custom parts and the one id the rules name as unknown. */
export const context: EvaluationContext = {
  settings: {},
  today: '2026-01-05',
  knownItem: id => !id.startsWith('720.215.') && id !== 'T-OA-PB-COLOR',
};

const examples = z
  .record(z.string(), configuration)
  .parse(readJson(join(root, 'resources/product-models/examples/cleanstation-mdrd.json')));
/** A small complete build; tests change single answers of it. */
export const smallBuild: Configuration = { ...examples.one_basin };
export const eSink = { basin_type: 'E_SINK', size: '24X20X8' };
export const diSink = { basin_type: 'E_SINK_DI', size: '24X20X8' };
export const eDrain = { basin_type: 'E_DRAIN', size: '24X20X8' };
export const withPegboard: Configuration = {
  has_pegboard: true,
  pegboard_color: 'GREEN',
  pegboard_type: 'PERFORATED',
};

export const evaluate = (changes: Record<string, unknown>, more = {}) =>
  evaluateConfiguration(mdrd, { ...smallBuild, ...changes }, { ...context, ...more });
export const twoBasins = (a: object, b: object) => ({
  sink_model: 'T2-B2',
  sink_length_in: 72,
  basins: [a, b],
});
export const rulesOf = (changes: Record<string, unknown>, kind: string, more = {}) =>
  evaluate(changes, more)
    .verdicts.filter(verdict => verdict.kind === kind)
    .map(verdict => `${verdict.rule} ${verdict.path}`);
export const lineIds = (changes: Record<string, unknown>, more = {}) =>
  evaluate(changes, more).lines.map(line => `${line.item_id} x${line.quantity}`);
export const faucet = (faucet_type: string, quantity = 1, placement = 'CENTER') => ({
  faucet_type,
  quantity,
  placement,
});
export const wristBlade = 'WRIST_BLADE_SWING_SPOUT';
export const gooseneck = 'GOOSENECK_TREATED_WATER';
export const sprayer = (sprayer_type: string, quantity = 1) => ({
  sprayer_type,
  quantity,
  location: 'LEFT_SIDE',
});
