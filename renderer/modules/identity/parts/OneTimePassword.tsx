import { Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import { Dialog } from '../../../ui/Dialog.tsx';
import { useTexts } from '../../../ui/texts.ts';

/** The only moment this password is readable. */
export function OneTimePassword({ password, onClose }: { password: string | null; onClose: () => void }) {
  const t = useTexts('identity');
  return (
    <Dialog
      opened={password !== null}
      onClose={onClose}
      title={t('one_time.title')}
      closeOnClickOutside={false}
    >
      <Stack gap="sm">
        <Text size="sm">{t('one_time.text')}</Text>
        <Code block fz="lg" ta="center">
          {password}
        </Code>
        <Group justify="flex-end" gap="xs">
          <CopyButton value={password ?? ''}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy} data-autofocus>
                {copied ? t('one_time.copied') : t('one_time.copy')}
              </Button>
            )}
          </CopyButton>
          <Button onClick={onClose}>{t('one_time.done')}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
