/** Rows of one list: these, or everything the list holds except these. */
export interface Selection {
  is_all: boolean;
  keys: readonly string[];
}
export const NOTHING: Selection = { is_all: false, keys: [] };
export const EVERYTHING: Selection = { is_all: true, keys: [] };

export const countOf = ({ is_all, keys }: Selection, total: number): number =>
  is_all ? Math.max(0, total - keys.length) : keys.length;

/** A test for many rows. */
export function selectionTest({ is_all, keys }: Selection): (key: string) => boolean {
  const named = new Set(keys);
  return key => named.has(key) !== is_all;
}

export const toggled = ({ is_all, keys }: Selection, key: string): Selection => ({
  is_all,
  keys: keys.includes(key) ? keys.filter(other => other !== key) : [...keys, key],
});
