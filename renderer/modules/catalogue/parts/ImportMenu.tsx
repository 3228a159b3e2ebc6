import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconFileImport } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import { useTexts } from '../../../ui/texts.ts';

/** What may be brought into the catalogue: items and BOM lines from spreadsheets, catalogue files as a whole. */
export function ImportMenu() {
  const t = useTexts('catalogue');
  const { may } = useMe();
  const { data } = useAsk('imports.kinds', {});
  const ways = [
    ...(['materials', 'bom_lines'] as const)
      .filter(kind => data?.kinds.includes(kind))
      .map(kind => ({ to: `/import/${kind}`, label: t(`list.import_${kind}`) })),
    ...(may('materials:import') ? [{ to: '/catalogue/import', label: t('list.import_files') }] : []),
  ];
  if (ways.length === 0) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconFileImport size={16} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          {t('list.import')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {ways.map(({ to, label }) => (
          <Menu.Item key={to} component={Link} to={to}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
