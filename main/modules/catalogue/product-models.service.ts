import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Id } from '../../../db/kit/columns.ts';
import { product_models } from '../../../db/schema/catalogue.ts';
import { productModel } from '../../../preload/contract/product-model.ts';
import cleanstationMdrd from '../../../resources/product-models/cleanstation-mdrd.json' with { type: 'json' };
import endoscope from '../../../resources/product-models/endoscope.json' with { type: 'json' };
import instrosink from '../../../resources/product-models/instrosink.json' with { type: 'json' };
import { seedId } from '../../platform/seed-id.ts';
import type { CommandCtx, ReadCtx, Statements } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { type CompiledModel, compileModel } from './product-model.rules.ts';

const shipped: unknown[] = [cleanstationMdrd, endoscope, instrosink];

/** The shipped rule tables: a changed document of a known version replaces it, older versions stay. Idempotent. */
export function seedProductModels(ctx: CommandCtx): void {
  for (const raw of shipped) {
    const text = JSON.stringify(raw);
    const document_sha256 = createHash('sha256').update(text).digest('hex');
    const { family, version, released } = z
      .looseObject({ family: z.string(), version: z.int(), released: z.boolean() })
      .parse(raw);
    const held = ctx.sql.get<{ id: Id<'product_models'>; document_sha256: string }>(
      'select id, document_sha256 from product_models where family = ? and model_version = ?',
      [family, version],
    );
    if (held?.document_sha256 === document_sha256) continue;
    const values = {
      family,
      model_version: version,
      is_released: released,
      document: z.record(z.string(), z.unknown()).parse(raw),
      document_sha256,
    };
    compileModel(productModel.parse(raw));
    if (held) ctx.update(product_models, held.id, values);
    else ctx.insert(product_models, { id: seedId('product_models', `${family} ${version}`), ...values });
  }
}

export interface ActiveModel {
  product_model_id: Id<'product_models'>;
  document_sha256: string;
  compiled: CompiledModel;
}
/** Compiled models by the hash of their document, per connection; compiling one takes tens of milliseconds. */
const compiledBy = new WeakMap<Statements, Map<string, CompiledModel>>();

const NEWEST = `select id, family, model_version, is_released, document_sha256 from product_models
  where organization_id = ? and family = ? and is_active = 1 order by model_version desc limit 1`;
interface ModelRow {
  id: Id<'product_models'>;
  family: string;
  model_version: number;
  is_released: number;
  document_sha256: string;
}

/** The newest version of a family, ready to judge. Refuses `product_model_unknown`. A family may be not released. */
export function activeModel(ctx: ReadCtx, family: string): ActiveModel {
  const row =
    ctx.sql.get<ModelRow>(NEWEST, [ctx.organization_id, family]) ??
    refuse('product_model_unknown', { family });
  return { product_model_id: row.id, document_sha256: row.document_sha256, compiled: compiledOf(ctx, row) };
}

/** The version a build was configured with. Refuses `product_model_unknown`. */
export function modelById(ctx: ReadCtx, product_model_id: string): ActiveModel {
  const row =
    ctx.sql.get<ModelRow>(
      'select id, family, model_version, is_released, document_sha256 from product_models where id = ?',
      [product_model_id],
    ) ?? refuse('product_model_unknown', { family: product_model_id });
  return { product_model_id: row.id, document_sha256: row.document_sha256, compiled: compiledOf(ctx, row) };
}

function compiledOf(ctx: ReadCtx, row: ModelRow): CompiledModel {
  const held = compiledBy.get(ctx.sql) ?? new Map<string, CompiledModel>();
  compiledBy.set(ctx.sql, held);
  const known = held.get(row.document_sha256);
  if (known) return known;
  const stored = ctx.sql.get<{ document: string }>('select document from product_models where id = ?', [
    row.id,
  ]);
  const compiled = compileModel(productModel.parse(JSON.parse(stored?.document ?? 'null')));
  held.set(row.document_sha256, compiled);
  return compiled;
}

/** Every family with its newest version; one that is not released says so. */
export function listFamilies(ctx: ReadCtx) {
  const families = ctx.sql.all<{ family: string }>(
    'select distinct family from product_models where organization_id = ? and is_active = 1 order by family',
    [ctx.organization_id],
  );
  return families
    .map(({ family }) => {
      const { product_model_id, compiled } = activeModel(ctx, family);
      const { name, version, released, not_released_message } = compiled.model;
      return {
        product_model_id,
        family,
        name,
        model_version: version,
        is_released: released,
        message: released ? null : (not_released_message ?? null),
      };
    })
    .sort((a, b) => Number(b.is_released) - Number(a.is_released) || a.family.localeCompare(b.family));
}
