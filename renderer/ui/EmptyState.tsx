import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** Says what will appear here and offers the action that makes it. */
export function EmptyState({
  title,
  hint,
  action,
  icon,
}: {
  title: string;
  hint?: string;
  action?: ReactNode;
  icon?: ReactNode;
}) {
  return (
    <Stack align="center" justify="center" gap="xs" p="xl" className="empty-state">
      {icon}
      <Text fw={600}>{title}</Text>
      {hint && (
        <Text size="sm" c="dimmed" ta="center" maw={460}>
          {hint}
        </Text>
      )}
      {action}
    </Stack>
  );
}
