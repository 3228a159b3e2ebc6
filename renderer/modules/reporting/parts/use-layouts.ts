import { exportLayout, type LayoutSheet } from '../../../../preload/contract/reporting.ts';
import { useAsk } from '../../../rpc/hooks.ts';

/** Layouts are kept like the views of a list, own ones and shared ones. */
export const layoutList = (sheet: LayoutSheet): string => `export:${sheet}`;

export function useLayouts(sheet: LayoutSheet) {
  const { data } = useAsk('infrastructure.listSavedViews', { list: layoutList(sheet) });
  return (data ?? []).flatMap(({ saved_view_id, view_name, definition, is_own }) => {
    const parsed = exportLayout.safeParse(definition);
    return parsed.success ? [{ saved_view_id, view_name, layout: parsed.data, is_own }] : [];
  });
}
export type SavedLayout = ReturnType<typeof useLayouts>[number];
