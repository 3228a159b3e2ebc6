import { Badge, Button, Group, Paper, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed, IconCopy, IconPlus } from '@tabler/icons-react';
import { useTexts } from '../../../ui/texts.ts';

interface BuildListProps {
  builds: { build_number: string; isReady: boolean }[];
  current: number;
  onChoose: (index: number) => void;
  onAdd: () => void;
  onCopy: (() => void) | undefined;
}

/** The builds of a draft beside their form. */
export function BuildList({ builds, current, onChoose, onAdd, onCopy }: BuildListProps) {
  const t = useTexts('orders');
  return (
    <Paper
      withBorder
      p={6}
      w={150}
      style={{ flexShrink: 0, overflow: 'auto' }}
      component="nav"
      aria-label={t('screens.builds')}
    >
      <Stack gap={4}>
        {builds.map(({ build_number, isReady }, index) => (
          <UnstyledButton
            // biome-ignore lint/suspicious/noArrayIndexKey: a build is its place in the order
            key={index}
            p={6}
            aria-current={index === current ? 'true' : undefined}
            bg={index === current ? 'var(--mantine-primary-color-light)' : undefined}
            style={{ borderRadius: 6 }}
            onClick={() => onChoose(index)}
          >
            <Group gap={6} wrap="nowrap">
              {isReady ? (
                <IconCircleCheck size={16} color="var(--mantine-color-teal-filled)" />
              ) : (
                <IconCircleDashed size={16} />
              )}
              <Text size="sm" truncate title={build_number}>
                {build_number || index + 1}
              </Text>
            </Group>
            <Badge size="xs" variant="transparent" color="gray" tt="none" px={22}>
              {t(isReady ? 'screens.complete' : 'screens.incomplete')}
            </Badge>
          </UnstyledButton>
        ))}
        <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={onAdd}>
          {t('screens.build')}
        </Button>
        {onCopy && (
          <Button variant="subtle" size="compact-sm" leftSection={<IconCopy size={14} />} onClick={onCopy}>
            {t('screens.copy_from')}
          </Button>
        )}
      </Stack>
    </Paper>
  );
}
