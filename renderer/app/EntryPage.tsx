import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Entry.module.css';
import { Mark } from './Mark.tsx';

/** The frame of everything shown before the program itself. */
export function EntryPage({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <Stack gap="md">
          <Group gap="sm">
            <Mark size={28} />
            <Text fw={600}>Millwright</Text>
          </Group>
          <div>
            <Title order={1} size="h3">
              {title}
            </Title>
            {text && (
              <Text size="sm" c="dimmed">
                {text}
              </Text>
            )}
          </div>
          {children}
        </Stack>
      </div>
    </main>
  );
}
