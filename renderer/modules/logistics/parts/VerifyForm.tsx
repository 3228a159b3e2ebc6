import { Button, Group, Text, TextInput } from '@mantine/core';
import { IconScan } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { PrintJob } from '../../../../preload/contract/logistics.ts';
import { useCommand } from '../../../rpc/hooks.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';

/** The field into which the fresh label is scanned; wrong or unreadable blocks and says why. */
export function VerifyForm({ job }: { job: PrintJob }) {
  const t = useTexts('logistics');
  const verify = useCommand('logistics.verifyJob');
  const [text, setText] = useState('');
  const check = (read: string) => {
    void verify.run({ job_id: job.job_id, text: read }).catch(() => undefined);
    setText('');
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (text.trim() !== '') check(text);
  };
  return (
    <form onSubmit={submit}>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <TextInput
          label={t('verify.label')}
          description={t('verify.text')}
          leftSection={<IconScan size={16} aria-hidden />}
          value={text}
          onChange={event => setText(event.currentTarget.value)}
          autoFocus
          maxLength={500}
          style={{ flex: 1, maxWidth: 420 }}
        />
        <Button type="submit" variant="default" loading={verify.pending}>
          {t('verify.check')}
        </Button>
        <Button variant="subtle" onClick={() => check('')}>
          {t('verify.unreadable')}
        </Button>
      </Group>
      {job.verified_text !== '' && !verify.failure && (
        <Text size="sm" c="red" mt={4}>
          {t('verify.read', { text: job.verified_text })}
        </Text>
      )}
      <RefusalNotice failure={verify.failure} />
    </form>
  );
}
