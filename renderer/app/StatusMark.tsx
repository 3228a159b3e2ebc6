import { Button, Popover, Stack, Text } from '@mantine/core';
import { useConnection } from '../rpc/connection.ts';
import { useTexts } from '../ui/texts.ts';
import classes from './Shell.module.css';

/** A dot and a word; a click tells the rest. Nothing else on screen changes with the connection. */
export function StatusMark() {
  const t = useTexts('app');
  const isOpen = useConnection() === 'open';
  const state = isOpen ? 'ready' : 'lost';
  return (
    <Popover width={300} position="bottom-end" withArrow={false}>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<span className={classes.dot} data-state={state} aria-hidden />}
        >
          <span role="status">{t(`status.${state}`)}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={4}>
          <Text size="sm" fw={600}>
            {t(`status.${state}_title`)}
          </Text>
          <Text size="sm">{t(`status.${state}_text`)}</Text>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
