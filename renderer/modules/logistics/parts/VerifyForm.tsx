import { Box, Button, Group, Text, TextInput } from '@mantine/core';
import { IconScan } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { readCode } from '../../../../preload/contract/codes.ts';
import type { PrintJob } from '../../../../preload/contract/logistics.ts';
import { failureFrom } from '../../../rpc/client.ts';
import { useCommand } from '../../../rpc/hooks.ts';
import type { Outcome, Scan } from '../../../scan/scan.ts';
import { useScanTarget } from '../../../scan/scan-targets.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts, wordFailure } from '../../../ui/texts.ts';

/** Commands and badges stay what they are, unless the fresh label is one of them. */
function isForShell({ command, text }: Scan, prints: string): boolean {
  if (command) return prints !== 'COMMAND_SHEET';
  const code = readCode(text);
  return code.kind === 'code' && code.of === 'user' && prints !== 'OPERATOR_BADGE';
}

/** Takes the scan of the fresh label, wherever the cursor is; wrong or unreadable blocks and says why. */
export function VerifyForm({ job }: { job: PrintJob }) {
  const t = useTexts('logistics');
  const verify = useCommand('logistics.verifyJob');
  const [text, setText] = useState('');
  useScanTarget(async (scan): Promise<Outcome | undefined> => {
    if (isForShell(scan, job.prints)) return undefined;
    try {
      await verify.run({ job_id: job.job_id, text: scan.text });
      return { kind: 'good', title: t('verify.passed'), subtitle: job.title };
    } catch (error) {
      return { kind: 'bad', reason: wordFailure(t, failureFrom(error)), next_step: t('verify.next') };
    }
  });
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
      <Box mt={verify.failure ? 'xs' : 0}>
        <RefusalNotice failure={verify.failure} />
      </Box>
    </form>
  );
}
