import { Button, Stack, Tabs } from '@mantine/core';
import { Link, useSearchParams } from 'react-router';
import { useMe } from '../../../app/session.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { StatusBadge, type Tone } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { markWords, SyncNow } from '../parts/ExchangeMark.tsx';
import { IntegrityPanel } from '../parts/IntegrityPanel.tsx';
import { LeavePanel } from '../parts/LeavePanel.tsx';
import { type MarkKind, markOf } from '../parts/mark.rules.ts';
import { QueueFilePanel } from '../parts/QueueFilePanel.tsx';
import { StationsPanel } from '../parts/StationsPanel.tsx';
import { StatusPanel } from '../parts/StatusPanel.tsx';
import { useReplicationStatus } from '../parts/use-status.ts';

const TABS = ['status', 'stations', 'integrity', 'queue_file', 'membership'] as const;
const TONES: Record<MarkKind, Tone> = {
  standalone: 'neutral',
  online: 'good',
  offline: 'neutral',
  connecting: 'progress',
  exchanging: 'progress',
  catching_up: 'progress',
  trouble: 'warning',
};

/** Everything about the exchange with the centre; what only administrators decide is shown to them alone. */
export default function ExchangeScreen() {
  const t = useTexts('replication');
  const { may } = useMe();
  const [params, setParams] = useSearchParams();
  const status = useReplicationStatus();
  if (!status) return null;
  const isAdministrator = may('settings:update');
  const kind = markOf(status);
  if (kind === 'standalone')
    return (
      <>
        <PageHeader title={t('page.title')} />
        <EmptyState
          title={t('page.alone')}
          text={t('page.alone_text')}
          action={
            isAdministrator && (
              <Button component={Link} to="/exchange/join">
                {t('page.join')}
              </Button>
            )
          }
        />
      </>
    );
  const tabs = isAdministrator ? TABS : TABS.slice(0, 1);
  const tab = tabs.find(known => known === params.get('tab')) ?? 'status';
  return (
    <Stack gap="xs" h="100%" style={{ minHeight: 0 }}>
      <PageHeader
        title={t('page.title')}
        status={<StatusBadge tone={TONES[kind]} label={markWords(t, kind, status)} />}
        actions={<SyncNow size="sm" />}
      />
      <Tabs
        value={tab}
        onChange={value => setParams(value ? { tab: value } : {}, { replace: true })}
        keepMounted={false}
        style={{ flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column' }}
      >
        {tabs.length > 1 && (
          <Tabs.List mb="sm">
            {tabs.map(name => (
              <Tabs.Tab key={name} value={name}>
                {t(`page.tabs.${name}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        )}
        <Tabs.Panel value="status" tabIndex={0}>
          <StatusPanel status={status} />
        </Tabs.Panel>
        <Tabs.Panel value="stations" style={{ flex: 1, minHeight: 0 }}>
          <StationsPanel />
        </Tabs.Panel>
        <Tabs.Panel value="integrity">
          <IntegrityPanel />
        </Tabs.Panel>
        <Tabs.Panel value="queue_file">
          <QueueFilePanel />
        </Tabs.Panel>
        <Tabs.Panel value="membership">
          <LeavePanel status={status} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
