import { Button, Card, Checkbox, Stack, Text, Textarea, Title } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { useJob } from '../../../rpc/hooks.ts';
import { ConfirmPreview } from '../../../ui/ConfirmPreview.tsx';
import { useTexts } from '../../../ui/texts.ts';
import type { Status } from './mark.rules.ts';
import { StatusFacts } from './StatusFacts.tsx';

export function LeavePanel({ status }: { status: Status }) {
  const t = useTexts('replication');
  const job = useJob('replication.leave');
  const [opened, setOpened] = useState(false);
  const [reason, setReason] = useState('');
  const [forgets, setForgets] = useState(false);
  const waiting = status.waiting_units;
  return (
    <Card withBorder padding="md" maw={700}>
      <Stack gap="xs" align="flex-start">
        <StatusFacts status={status} />
        <Title order={2} size="h5">
          {t('join.renew_title')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('join.renew_text')}
        </Text>
        <Button component={Link} to="/exchange/join" variant="default">
          {t('join.renew')}
        </Button>
        <Title order={2} size="h5">
          {t('leave.title')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('leave.text')}
        </Text>
        <Button variant="default" color="red" onClick={() => setOpened(true)}>
          {t('leave.open')}
        </Button>
      </Stack>
      <ConfirmPreview
        opened={opened}
        destructive
        title={t('leave.title')}
        text={t('leave.text')}
        confirmLabel={t('leave.run')}
        pending={job.state.kind === 'running'}
        failure={job.state.error ?? null}
        onClose={() => {
          job.reset();
          setOpened(false);
        }}
        onConfirm={() => void job.start({ forget_queue: forgets, reason })}
      >
        <Textarea
          label={t('leave.reason')}
          required
          value={reason}
          maxLength={500}
          onChange={event => setReason(event.currentTarget.value)}
        />
        {waiting > 0 && (
          <Checkbox
            label={t('leave.forget', { count: waiting })}
            description={t('leave.forget_text')}
            checked={forgets}
            onChange={event => setForgets(event.currentTarget.checked)}
          />
        )}
      </ConfirmPreview>
    </Card>
  );
}
