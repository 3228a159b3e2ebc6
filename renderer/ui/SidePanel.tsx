import { CloseButton, Group, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from './texts.ts';

/** What stands beside the page: details of the chosen row. */
export function SidePanel({
  title,
  children,
  onClose,
  width = 360,
}: {
  title: string;
  children: ReactNode;
  onClose?: () => void;
  width?: number;
}) {
  const t = useTexts('ui');
  return (
    <aside className="side-panel" style={{ width }} aria-label={title}>
      <Group justify="space-between" wrap="nowrap" mb="xs">
        <Title order={2} size="h5">
          {title}
        </Title>
        {onClose && <CloseButton onClick={onClose} aria-label={t('close')} />}
      </Group>
      {children}
    </aside>
  );
}
