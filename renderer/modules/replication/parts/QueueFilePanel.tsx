import { Button, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { download, failureFrom, type RpcFailure, upload } from '../../../rpc/client.ts';
import { useCommand, useJob } from '../../../rpc/hooks.ts';
import { FileDrop } from '../../../ui/FileDrop.tsx';
import { JobProgress } from '../../../ui/JobProgress.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';

/** The exchange carried by hand: what waits goes out as a file, the answer of the centre comes back as one. */
export function QueueFilePanel() {
  const t = useTexts('replication');
  return (
    <Stack gap="md" maw={1000}>
      <Text size="sm">{t('queue.text')}</Text>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <ExportQueue />
        <ImportAnswer />
      </SimpleGrid>
    </Stack>
  );
}

function ExportQueue() {
  const t = useTexts('replication');
  const job = useJob('replication.exportQueue');
  const save = async () => {
    const made = await job.start({});
    if (made) download(made.ticket);
  };
  const made = job.state.value;
  return (
    <Card withBorder padding="md">
      <Stack gap="xs" align="flex-start">
        <Title order={2} size="h5">
          {t('queue.export')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('queue.export_text')}
        </Text>
        <Button loading={job.state.kind === 'running'} onClick={() => void save()}>
          {t('queue.export')}
        </Button>
        {made && (
          <Text size="sm" role="status">
            {t('queue.exported', { count: made.units, name: made.name })}
          </Text>
        )}
        <RefusalNotice failure={job.state.error} />
      </Stack>
    </Card>
  );
}

function ImportAnswer() {
  const t = useTexts('replication');
  const prepare = useCommand('replication.prepareAnswer');
  const job = useJob('replication.importAnswer');
  const [failure, setFailure] = useState<RpcFailure | null>(null);
  const take = async (file: File | undefined) => {
    if (!file) return;
    setFailure(null);
    job.reset();
    try {
      const { ticket } = await prepare.run({});
      await upload(ticket, file);
      await job.start({ ticket });
    } catch (error) {
      setFailure(failureFrom(error));
    }
  };
  const made = job.state.value;
  return (
    <Card withBorder padding="md">
      <Stack gap="xs">
        <Title order={2} size="h5">
          {t('queue.import')}
        </Title>
        <FileDrop
          multiple={false}
          label={t('queue.drop')}
          hint="answer-….json.gz"
          loading={prepare.pending || job.state.kind === 'running'}
          onFiles={files => void take(files[0])}
        />
        <JobProgress state={job.state} phaseText={phase => t(`phases.${phase}`)} />
        <RefusalNotice failure={failure} />
        {made && (
          <Group role="status">
            <Text size="sm">
              {t('queue.settled', { count: made.units })}, {t('queue.received', { count: made.rows })}
            </Text>
          </Group>
        )}
      </Stack>
    </Card>
  );
}
