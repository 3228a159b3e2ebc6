import { Button, Code, CopyButton, Group, Modal, Stack, Text } from '@mantine/core';
import { useTexts } from '../../../ui/texts.ts';

/** The only moment this password is readable. */
export function OneTimePassword({ password, onClose }: { password: string | null; onClose: () => void }) {
  const t = useTexts('identity');
  return (
    <Modal
      opened={password !== null}
      onClose={onClose}
      title={t('one_time.title')}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('close') }}
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
    </Modal>
  );
}
