import { Button, Group, List, Stack, Text, Title } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { InstructionPage } from '../../../../preload/contract/production.ts';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { formatInstant } from '../../../ui/formats.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';

/** Who has read and understood this version, and who has not yet. */
export function ReadConfirmation({ page }: { page: Pick<InstructionPage, 'instruction_id' | 'status'> }) {
  const t = useTexts('production');
  const { instruction_id } = page;
  const { data } = useAsk('production.instructionReads', { instruction_id });
  const confirm = useCommand('production.confirmInstructionRead');
  if (!data) return null;
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {t('editor.reads')}
      </Title>
      {page.status === 'APPROVED' && !data.is_read_by_me && (
        <Group>
          <Button
            leftSection={<IconCheck size={16} aria-hidden />}
            loading={confirm.pending}
            onClick={() => void confirm.run({ instruction_id }).catch(() => undefined)}
          >
            {t('editor.read')}
          </Button>
        </Group>
      )}
      <RefusalNotice failure={confirm.failure} />
      {data.is_read_by_me && <Text role="status">{t('editor.read_at')}</Text>}
      {data.reads.length === 0 && <Text c="dimmed">{t('editor.nobody_read')}</Text>}
      <List>
        {data.reads.map(({ full_name, read_at_ms }) => (
          <List.Item key={full_name}>{`${full_name} · ${formatInstant(read_at_ms)}`}</List.Item>
        ))}
      </List>
      {page.status === 'APPROVED' && data.missing.length > 0 && (
        <Text size="sm">{t('editor.missing', { names: data.missing.join(', ') })}</Text>
      )}
    </Stack>
  );
}
