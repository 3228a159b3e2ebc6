import { createHash } from 'node:crypto';
import type { Id } from '../../../db/kit/columns.ts';
import {
  bom_headers,
  bom_lines,
  catalogue_imports,
  material_aliases,
  material_categories,
  material_category_links,
  materials,
} from '../../../db/schema/catalogue.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import {
  type DesiredCatalogue,
  type DesiredComponent,
  type DesiredMaterial,
  type ReportRow,
  readCatalogue,
} from './import.rules.ts';
import { type Held, type HeldBom, type HeldMaterial, materialKey, readHeld } from './import-held.service.ts';
import { type ImportFile, parseCatalogueFiles } from './import-shape.rules.ts';
import { plantOf, unitOf } from './plant.service.ts';

export interface ImportChanges {
  categories_added: number;
  categories_changed: number;
  materials_added: number;
  materials_changed: number;
  materials_deactivated: number;
  boms_added: number;
  boms_changed: number;
  component_rows_written: number;
  category_links_changed: number;
  aliases_changed: number;
}
export interface ImportPlan {
  source_name: string;
  source_sha256: string;
  desired: DesiredCatalogue;
  report: ReportRow[];
  errors: number;
  warnings: number;
  changes: ImportChanges;
  changes_total: number;
}
const noChanges = (): ImportChanges => ({
  categories_added: 0,
  categories_changed: 0,
  materials_added: 0,
  materials_changed: 0,
  materials_deactivated: 0,
  boms_added: 0,
  boms_changed: 0,
  component_rows_written: 0,
  category_links_changed: 0,
  aliases_changed: 0,
});
const totalOf = (changes: ImportChanges) => Object.values(changes).reduce((sum, n) => sum + n, 0);

/** Reads, judges and compares; writes nothing. Damaged files are refused by name, bad rows are errors of the report. */
export function planImport(
  ctx: ReadCtx,
  files: readonly ImportFile[],
  source_name = 'catalogue',
): ImportPlan {
  const { desired, report } = readCatalogue(parseCatalogueFiles(files));
  const digest = createHash('sha256');
  for (const { name, text } of [...files].sort((a, b) => (a.name < b.name ? -1 : 1)))
    digest.update(name).update('\n').update(text);
  const errors = report.filter(({ severity }) => severity === 'error').length;
  const changes = errors > 0 ? noChanges() : changeCatalogue(readHeld(ctx), desired, undefined);
  return {
    source_name,
    source_sha256: digest.digest('hex'),
    desired,
    report,
    errors,
    warnings: report.filter(({ severity }) => severity === 'warning').length,
    changes,
    changes_total: totalOf(changes),
  };
}

/** All or nothing, compared again with what is held now. Refuses `import_has_errors` with the first of them. */
export function applyImport(ctx: CommandCtx, plan: ImportPlan): ImportPlan {
  const bad = plan.report.filter(({ severity }) => severity === 'error');
  const [first] = bad;
  if (first)
    refuse('import_has_errors', {
      count: bad.length,
      row: first.row,
      first: first.code,
      rows: bad.slice(0, 20),
    });
  const changes = changeCatalogue(readHeld(ctx), plan.desired, ctx);
  const changes_total = totalOf(changes);
  if (changes_total > 0) {
    ctx.insert(catalogue_imports, {
      source_name: plan.source_name,
      source_sha256: plan.source_sha256,
      counts: { ...changes },
      report: plan.report.slice(0, 1000).map(row => ({ ...row })),
    });
  }
  ctx.record({
    action: 'IMPORT',
    category: 'catalogue',
    entity_type: 'materials',
    entity_identifier: plan.source_name,
    metadata: { ...changes, source_sha256: plan.source_sha256 },
  });
  return { ...plan, changes, changes_total };
}

/** Brings what is held to what is desired and counts it; without a context it only counts. */
function changeCatalogue(held: Held, desired: DesiredCatalogue, ctx: CommandCtx | undefined): ImportChanges {
  const changes = noChanges();
  const categoryIds = changeCategories(held, desired, ctx, changes);
  const materialIds = changeMaterials(held, desired, ctx, changes, categoryIds);
  changeLinks(held, desired, ctx, changes, categoryIds, materialIds);
  changeBoms(held, desired, ctx, changes, materialIds);
  for (const { alias, number, record_type } of desired.aliases) {
    const material_id = materialIds.get(materialKey({ record_type, number }));
    if (material_id && held.aliases.has(`${alias} ${material_id}`)) continue;
    changes.aliases_changed++;
    if (ctx && material_id) ctx.insert(material_aliases, { material_id, alias_number: alias });
  }
  return changes;
}

function changeCategories(
  held: Held,
  desired: DesiredCatalogue,
  ctx: CommandCtx | undefined,
  changes: ImportChanges,
) {
  const ids = new Map<string, Id<'material_categories'>>(
    [...held.categories].map(([code, { id }]) => [code, id]),
  );
  for (const { code, name, description, parent_code } of desired.categories) {
    const row = held.categories.get(code);
    const parent_category_id = parent_code === null ? null : (ids.get(parent_code) ?? null);
    if (!row) {
      changes.categories_added++;
      if (ctx)
        ids.set(
          code,
          ctx.insert(material_categories, {
            category_code: code,
            category_name: name,
            description,
            parent_category_id,
            is_imported: true,
          }).id,
        );
      continue;
    }
    if (
      row.name === name &&
      row.description === description &&
      row.parent_code === parent_code &&
      row.is_active &&
      row.is_imported
    )
      continue;
    changes.categories_changed++;
    ctx?.update(material_categories, row.id, {
      category_name: name,
      description,
      parent_category_id,
      is_active: true,
      is_imported: true,
    });
  }
  const wanted = new Set(desired.categories.map(({ code }) => code));
  for (const [code, row] of held.categories) {
    if (wanted.has(code) || !row.is_imported || !row.is_active) continue;
    changes.categories_changed++;
    ctx?.update(material_categories, row.id, { is_active: false });
  }
  return ids;
}

function changeMaterials(
  held: Held,
  desired: DesiredCatalogue,
  ctx: CommandCtx | undefined,
  changes: ImportChanges,
  categoryIds: ReadonlyMap<string, Id<'material_categories'>>,
) {
  const ids = new Map<string, Id<'materials'>>([...held.materials].map(([key, { id }]) => [key, id]));
  const plant = ctx && { plant_id: plantOf(ctx), base_uom_id: unitOf(ctx, 'EA') };
  for (const wanted of desired.materials) {
    const key = materialKey(wanted);
    const row = held.materials.get(key);
    if (row && isSame(row, wanted)) continue;
    const { number, name, kind, category_code, ...rest } = wanted;
    const values = {
      ...rest,
      material_number: number,
      material_name: name,
      material_kind: kind,
      material_category_id: category_code === null ? null : (categoryIds.get(category_code) ?? null),
      is_imported: true,
    };
    if (!row) {
      changes.materials_added++;
      if (ctx && plant) ids.set(key, ctx.insert(materials, { ...plant, ...values }).id);
      continue;
    }
    changes.materials_changed++;
    ctx?.update(materials, row.id, { ...values, description: wanted.description ?? row.description });
  }
  const wanted = new Set(desired.materials.map(materialKey));
  for (const [key, row] of held.materials) {
    if (wanted.has(key) || !row.is_imported || !row.is_active) continue;
    changes.materials_deactivated++;
    ctx?.update(materials, row.id, { is_active: false });
  }
  return ids;
}

/** A description typed by a person stays when the file has none. */
const isSame = (held: HeldMaterial, wanted: DesiredMaterial): boolean =>
  held.name === wanted.name &&
  (wanted.description === null || held.description === wanted.description) &&
  held.kind === wanted.kind &&
  held.procurement_type === wanted.procurement_type &&
  held.category_code === wanted.category_code &&
  held.manufacturer_part_number === wanted.manufacturer_part_number &&
  held.manufacturer_name === wanted.manufacturer_name &&
  (held.can_order === 1) === wanted.can_order &&
  (held.is_kit === 1) === wanted.is_kit &&
  (held.needs_id_check === 1) === wanted.needs_id_check &&
  (held.is_active === 1) === wanted.is_active &&
  held.is_imported === 1;

function changeLinks(
  held: Held,
  desired: DesiredCatalogue,
  ctx: CommandCtx | undefined,
  changes: ImportChanges,
  categoryIds: ReadonlyMap<string, Id<'material_categories'>>,
  materialIds: ReadonlyMap<string, Id<'materials'>>,
): void {
  const kept = new Set<string>();
  const imported = new Set<string>([...held.categories.values()].filter(c => c.is_imported).map(c => c.id));
  for (const { category_code, number, position } of desired.links) {
    const material_category_id = categoryIds.get(category_code);
    const material_id = materialIds.get(materialKey({ record_type: 'ASSEMBLY', number }));
    const key = `${material_category_id} ${material_id}`;
    const row = held.links.get(key);
    kept.add(key);
    if (row?.position === position) continue;
    changes.category_links_changed++;
    if (!ctx || !material_category_id || !material_id) continue;
    if (row) ctx.update(material_category_links, row.id, { position });
    else ctx.insert(material_category_links, { material_category_id, material_id, position });
  }
  for (const [key, row] of held.links) {
    if (kept.has(key) || !imported.has(key.slice(0, key.indexOf(' ')))) continue;
    changes.category_links_changed++;
    ctx?.remove(material_category_links, row.id);
  }
}

function changeBoms(
  held: Held,
  desired: DesiredCatalogue,
  ctx: CommandCtx | undefined,
  changes: ImportChanges,
  materialIds: ReadonlyMap<string, Id<'materials'>>,
): void {
  const wanted = new Map(desired.boms.map(bom => [bom.number, bom]));
  const facts = ctx && { plant_id: plantOf(ctx), uom_id: unitOf(ctx, 'EA') };
  for (const { number, name, components } of wanted.values()) {
    const material_id = materialIds.get(materialKey({ record_type: 'ASSEMBLY', number }));
    const bom = material_id && held.boms.get(material_id);
    if (bom && hasComponents(bom, components, materialIds)) continue;
    changes[bom ? 'boms_changed' : 'boms_added']++;
    changes.component_rows_written += components.length;
    if (!ctx || !facts || !material_id) continue;
    if (bom) clearBom(ctx, bom, material_id);
    const bom_header_id =
      bom?.id ??
      ctx.insert(bom_headers, {
        ...facts,
        scope: 'MASTER',
        bom_number: `BOM-${number}`,
        bom_name: name,
        material_id,
        bom_version: nextVersion(ctx, material_id),
        status: 'APPROVED',
      }).id;
    for (const [index, component] of components.entries()) {
      const component_material_id = materialIds.get(materialKey(component));
      ctx.insert(bom_lines, {
        bom_header_id,
        line_number: (index + 1) * 10,
        component_material_id:
          component_material_id ?? refuse('component_unknown', { component: component.number }),
        item_number: component.number,
        quantity_e6: component.quantity_e6,
        total_quantity_e6: component.quantity_e6,
        uom_id: facts.uom_id,
        notes: component.notes,
      });
    }
  }
  const inFile = new Set(desired.materials.map(materialKey));
  for (const row of held.materials.values()) {
    const bom =
      row.record_type === 'ASSEMBLY' && row.is_imported && !wanted.has(row.number) && held.boms.get(row.id);
    if (!bom || !inFile.has(materialKey(row))) continue;
    changes.boms_changed++;
    if (ctx) ctx.update(bom_headers, bom.id, { is_active: false, status: 'SUPERSEDED' });
  }
}

const hasComponents = (
  bom: HeldBom,
  wanted: readonly DesiredComponent[],
  ids: ReadonlyMap<string, Id<'materials'>>,
): boolean =>
  bom.base_quantity_e6 === 1_000_000 &&
  bom.components.length === wanted.length &&
  bom.components.every((line, at) => {
    const other = wanted[at];
    return (
      other &&
      line.component_id === ids.get(materialKey(other)) &&
      line.quantity_e6 === other.quantity_e6 &&
      line.notes === other.notes
    );
  });

/** New components are unconfirmed again. */
function clearBom(ctx: CommandCtx, bom: HeldBom, material_id: Id<'materials'>): void {
  for (const { id } of bom.components) ctx.remove(bom_lines, id);
  ctx.update(bom_headers, bom.id, { base_quantity_e6: 1_000_000 });
  ctx.update(materials, material_id, { quantities_verified: false });
}

const nextVersion = (ctx: CommandCtx, material_id: string): number =>
  1 +
  (ctx.sql.get<{ v: number | null }>(
    "select max(bom_version) as v from bom_headers where material_id = ? and scope = 'MASTER'",
    [material_id],
  )?.v ?? 0);
