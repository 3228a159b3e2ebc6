import { ActionIcon, Button, Checkbox, Group, Popover, Stack } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconColumns3 } from '@tabler/icons-react';
import { type ColumnChoice, isHidden, movedColumn, NO_CHOICE } from './grid.rules.ts';
import { useTexts } from './texts.ts';

interface Props {
  columns: { key: string; title: string; hidden?: boolean }[];
  choice: ColumnChoice;
  onChange: (choice: ColumnChoice) => void;
}
/** Shows, hides and moves columns, all by keyboard too. */
export function ColumnChooser({ columns, choice, onChange }: Props) {
  const t = useTexts('ui');
  const keys = columns.map(column => column.key);
  const toggle = (key: string) =>
    onChange({
      ...choice,
      hidden: choice.hidden.includes(key) ? choice.hidden.filter(k => k !== key) : [...choice.hidden, key],
    });
  const move = (key: string, by: number) => onChange({ ...choice, order: movedColumn(keys, key, by) });
  return (
    <Popover position="bottom-end" withinPortal trapFocus>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('grid.columns')} title={t('grid.columns')}>
          <IconColumns3 size={17} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown mah={420} style={{ overflow: 'auto' }}>
        <Stack gap={4}>
          {columns.map((column, at) => (
            <Group key={column.key} gap={4} wrap="nowrap" justify="space-between">
              <Checkbox
                size="sm"
                label={column.title || column.key}
                checked={!isHidden(column, choice)}
                onChange={() => toggle(column.key)}
              />
              <Group gap={2} wrap="nowrap">
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  disabled={at === 0}
                  aria-label={t('grid.earlier', { column: column.title })}
                  onClick={() => move(column.key, -1)}
                >
                  <IconArrowUp size={15} />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  disabled={at === columns.length - 1}
                  aria-label={t('grid.later', { column: column.title })}
                  onClick={() => move(column.key, 1)}
                >
                  <IconArrowDown size={15} />
                </ActionIcon>
              </Group>
            </Group>
          ))}
          <Button variant="subtle" size="compact-sm" onClick={() => onChange(NO_CHOICE)}>
            {t('grid.reset')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
