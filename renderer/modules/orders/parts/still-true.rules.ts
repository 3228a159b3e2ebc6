import type { DraftDocument, Problem } from '../../../../preload/contract/orders.ts';

const BUILD_NUMBER = /^builds\[(\d+)\]/;

/** What a person has typed since the last check is no longer missing, although the check still says so. */
export function stillTrue(problems: readonly Problem[], draft: DraftDocument | null): readonly Problem[] {
  if (!draft) return problems;
  const header: Record<string, unknown> = draft.header;
  const typed = (path: string): unknown => {
    if (path === 'family') return draft.family;
    if (path.startsWith('header.')) return header[path.slice('header.'.length)];
    const build = BUILD_NUMBER.exec(path);
    return build && draft.builds[Number(build[1])]?.build_number;
  };
  return problems.filter(
    ({ code, path }) => !code.endsWith('_missing') || String(typed(path) ?? '').trim() === '',
  );
}
