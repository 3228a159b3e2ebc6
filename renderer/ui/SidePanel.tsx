import { CloseButton, Group, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './SidePanel.module.css';
import { useTexts } from './texts.ts';

interface Props {
  title: string;
  children: ReactNode;
  onClose?: () => void;
  width?: number;
  isSticky?: boolean;
}
/** The context panel beside a page body; scrolls by itself. */
export function SidePanel({ title, children, onClose, width = 340, isSticky = false }: Props) {
  const t = useTexts('ui');
  return (
    <aside
      className={isSticky ? `${classes.panel} ${classes.sticky}` : classes.panel}
      style={{ width }}
      aria-label={title}
    >
      <Group justify="space-between" wrap="nowrap" className={classes.head}>
        <Title order={2} size="h5">
          {title}
        </Title>
        {onClose && <CloseButton aria-label={t('close')} onClick={onClose} />}
      </Group>
      <div className={classes.body}>{children}</div>
    </aside>
  );
}
