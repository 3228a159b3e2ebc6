import { type CatalogueItem, resolveItem } from '../../../main/modules/bom/expansion.rules.ts';
import { readAssemblies, readOverlay, readParts } from '../catalogue/product-model-support.ts';

/** The shipped catalogue with the control-box overlay, straight from the files. */
export function realCatalogue() {
  const overlay = readOverlay();
  const parts = new Map<string, CatalogueItem>();
  for (const [id, { name }] of Object.entries(readParts())) {
    parts.set(id, { key: `P:${id}`, item_id: id, name, kind: 'PART', components: [] });
  }
  const assemblies = new Map<string, CatalogueItem>();
  for (const [id, { name, components }] of Object.entries(readAssemblies())) {
    const list = (overlay[id] ?? components).map(({ part_id, quantity, notes }) => ({
      item_id: part_id,
      quantity_e6: quantity * 1_000_000,
      notes: notes ?? '',
    }));
    assemblies.set(id, { key: `A:${id}`, item_id: id, name, kind: 'ASSEMBLY', components: list });
  }
  return {
    resolve: (id: string) => resolveItem(id, parts, assemblies),
    has: (id: string) => parts.has(id) || assemblies.has(id),
  };
}

/** `{ A: { B: 2 } }`: A holds two B; ids that hold nothing are parts. */
export function smallCatalogue(tree: Record<string, Record<string, number>>) {
  const items = new Map<string, CatalogueItem>();
  for (const [id, children] of Object.entries(tree)) {
    const components = Object.entries(children).map(([item_id, quantity]) => ({
      item_id,
      quantity_e6: Math.round(quantity * 1_000_000),
      notes: '',
    }));
    items.set(id, {
      key: id,
      item_id: id,
      name: id,
      kind: components.length > 0 ? 'ASSEMBLY' : 'PART',
      components,
    });
    for (const { item_id } of components) {
      if (!items.has(item_id))
        items.set(item_id, { key: item_id, item_id, name: item_id, kind: 'PART', components: [] });
    }
  }
  return { resolve: (id: string) => items.get(id) };
}

export const topLine = (item_id: string, quantity = 1, suppress_components: string[] = []) => ({
  item_id,
  quantity,
  notes: '',
  is_custom_part: false,
  custom_part_spec: null,
  suppress_components,
});
