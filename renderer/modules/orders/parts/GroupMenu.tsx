import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconLayoutRows } from '@tabler/icons-react';
import { ORDER_GROUPS, type OrderGroup } from '../../../../preload/contract/orders.ts';
import { EVERYTHING, NOTHING, type Selection } from '../../../ui/selection.rules.ts';
import { useTexts } from '../../../ui/texts.ts';

const NO_GROUP = 'none';
interface GroupMenuProps {
  group: OrderGroup | null;
  onGroup: (group: OrderGroup | null) => void;
  onCollapse: (collapsed: Selection) => void;
}
/** What the list is gathered by, and all its groups opened or closed at once. */
export function GroupMenu({ group, onGroup, onCollapse }: GroupMenuProps) {
  const t = useTexts('orders');
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconLayoutRows size={14} />}
          rightSection={<IconChevronDown size={12} />}
        >
          {group === null
            ? t('screens.groups.label')
            : t('screens.groups.by', { group: t(`screens.groups.${group}`) })}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={group ?? NO_GROUP}
          onChange={value => onGroup(ORDER_GROUPS.find(known => known === value) ?? null)}
        >
          {[NO_GROUP, ...ORDER_GROUPS].map(value => (
            <Menu.RadioItem key={value} value={value} closeMenuOnClick>
              {t(`screens.groups.${value}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        {group !== null && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => onCollapse(NOTHING)}>{t('screens.groups.expand_all')}</Menu.Item>
            <Menu.Item onClick={() => onCollapse(EVERYTHING)}>{t('screens.groups.collapse_all')}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The groups as the list shows them; the one without a value has the empty key. */
export function useGroups(
  groups: readonly { value: string | null; count: number }[] | null,
  group: OrderGroup | null,
) {
  const t = useTexts('orders');
  if (groups === null || group === null) return null;
  const title = (value: string | null): string => {
    if (value === null) return t('screens.groups.no_day');
    if (group === 'order_status') return t(`statuses.${value}`);
    return group === 'want_week' ? t('screens.groups.week', { week: value }) : value;
  };
  return groups.map(({ value, count }) => ({ key: value ?? '', title: title(value), count }));
}
