import { ActionIcon, Menu } from '@mantine/core';
import { IconChevronDown, IconFileText, IconTableOptions, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { ExportLayout, LayoutSheet } from '../../../../preload/contract/reporting.ts';
import { useCommand } from '../../../rpc/hooks.ts';
import { useTexts } from '../../../ui/texts.ts';
import { LayoutDialog } from './LayoutDialog.tsx';
import { useLayouts } from './use-layouts.ts';

interface Props {
  sheet: LayoutSheet;
  is_compact: boolean;
  onExport: (look: { format: 'xlsx' | 'csv'; layout: ExportLayout | null }) => void;
}
/** CSV beside Excel, saved layouts, and the way to make one. */
export function ExportMenu({ sheet, is_compact, onExport }: Props) {
  const t = useTexts('reporting');
  const layouts = useLayouts(sheet);
  const forget = useCommand('infrastructure.deleteSavedView');
  const [isEditing, setEditing] = useState(false);
  const own = layouts.filter(({ is_own }) => is_own);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={is_compact ? 30 : 36} aria-label={t('layout.more')}>
            <IconChevronDown size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconFileText size={16} aria-hidden />}
            onClick={() => onExport({ format: 'csv', layout: null })}
          >
            {t('layout.csv')}
          </Menu.Item>
          {layouts.length > 0 && <Menu.Label>{t('layout.saved')}</Menu.Label>}
          {layouts.map(({ saved_view_id, view_name, layout }) => (
            <Menu.Item key={saved_view_id} onClick={() => onExport({ format: 'xlsx', layout })}>
              {view_name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconTableOptions size={16} aria-hidden />}
            onClick={() => setEditing(true)}
          >
            {t('layout.new')}
          </Menu.Item>
          {own.map(({ saved_view_id, view_name }) => (
            <Menu.Item
              key={saved_view_id}
              leftSection={<IconTrash size={16} aria-hidden />}
              onClick={() => void forget.run({ saved_view_id }).catch(() => undefined)}
            >
              {t('layout.remove', { name: view_name })}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {isEditing && <LayoutDialog sheet={sheet} onClose={() => setEditing(false)} />}
    </>
  );
}
