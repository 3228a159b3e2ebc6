import { Button, Group, Popover, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { useJob } from '../../../rpc/hooks.ts';
import { formatPercent } from '../../../ui/formats.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { type Texts, useTexts, wordFailure } from '../../../ui/texts.ts';
import classes from './ExchangeMark.module.css';
import { type MarkKind, markOf, type Status, shareOf, syncedWords } from './mark.rules.ts';
import { StatusFacts } from './StatusFacts.tsx';
import { useReplicationStatus } from './use-status.ts';

/** A shape, a word and a colour; a click tells the rest in words. */
export function ExchangeMark({ status }: { status: Status }) {
  const t = useTexts('replication');
  const [opened, setOpened] = useState(false);
  const kind = markOf(status);
  const words = markWords(t, kind, status);
  return (
    <Popover opened={opened} onChange={setOpened} width={380} position="bottom-end" trapFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<span className={classes.mark} data-kind={kind} aria-hidden />}
          aria-label={t('mark.label', { state: words })}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          <span role="status">{words}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        {opened && <Details kind={kind} status={status} onClose={() => setOpened(false)} />}
      </Popover.Dropdown>
    </Popover>
  );
}

export function markWords(t: Texts, kind: MarkKind, status: Status): string {
  const share = shareOf(status);
  const word =
    kind === 'catching_up' && share !== null
      ? t('mark.catching_up_share', { share: formatPercent(share) })
      : t(`mark.${kind}`);
  const waiting = status.waiting_units + status.waiting_files;
  return waiting === 0 ? word : `${word} · ${t('mark.waiting', { count: waiting })}`;
}

interface DetailsProps {
  kind: MarkKind;
  status: Status;
  onClose: () => void;
}
function Details({ kind, status, onClose }: DetailsProps) {
  const t = useTexts('replication');
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {t(`mark.${kind}`)}
      </Text>
      <Text size="sm">{t(`mark.${kind}_text`)}</Text>
      {status.trouble && <Text size="sm">{wordFailure(t, { ...status.trouble, message: '' })}</Text>}
      {kind !== 'standalone' && <StatusFacts status={status} />}
      <Group justify="flex-end" gap="xs">
        <Button component={Link} to="/exchange" variant="default" size="compact-sm" onClick={onClose}>
          {t('mark.details')}
        </Button>
        {kind !== 'standalone' && <SyncNow />}
      </Group>
    </Stack>
  );
}

export function SyncNow({ size = 'compact-sm' }: { size?: string }) {
  const t = useTexts('replication');
  const job = useJob('replication.syncNow');
  const status = useReplicationStatus();
  // What was sent and received is said until the line is gone again.
  const isThere = status !== undefined && status.state !== 'offline' && status.state !== 'stopped';
  return (
    <>
      <Button size={size} loading={job.state.kind === 'running'} onClick={() => void job.start({})}>
        {t('page.sync_now')}
      </Button>
      {job.state.kind === 'done' && isThere && (
        <Text size="xs" role="status">
          {syncedWords(t, job.state.value)}
        </Text>
      )}
      <RefusalNotice failure={job.state.error} />
    </>
  );
}
