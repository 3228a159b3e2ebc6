import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  title: string;
  text?: string;
  /** The same as `text`, smaller words for a smaller place. */
  hint?: string;
  action?: ReactNode;
  icon?: ReactNode;
}
/** Says what will appear here and offers the action that makes it. */
export function EmptyState({ title, text, hint, action, icon }: Props) {
  return (
    <Stack align="center" justify="center" gap={6} py={48} px="md" ta="center">
      {icon}
      <Text fw={600}>{title}</Text>
      {(text ?? hint) && (
        <Text size="sm" c="dimmed" maw={480}>
          {text ?? hint}
        </Text>
      )}
      {action}
    </Stack>
  );
}
