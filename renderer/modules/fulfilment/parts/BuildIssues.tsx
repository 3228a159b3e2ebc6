import { Button, Group, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { IssueCard } from './IssueCard.tsx';
import { IssueDialog, kindsOf } from './IssueDialog.tsx';

/** The issues of one build, and the ways to report one. */
export function BuildIssues({ order_id }: { order_id: string }) {
  const t = useTexts('fulfilment');
  const { may } = useMe();
  const [opened, setOpened] = useState<'shortage' | 'issue' | null>(null);
  const asked = useAsk('fulfilment.situation', { order_id });
  if (asked.error) return <RefusalNotice failure={asked.error} />;
  if (!asked.data) return null;
  const { issues, order_status } = asked.data;
  const isLive = order_status !== 'SHIPPED';
  return (
    <Stack gap="sm" maw={960}>
      {isLive && (
        <Group gap="xs">
          {may('shortages:create') && (
            <Button
              variant="default"
              leftSection={<IconPlus size={16} />}
              onClick={() => setOpened('shortage')}
            >
              {t('screens.report_shortage')}
            </Button>
          )}
          {may('ncrs:create') && (
            <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setOpened('issue')}>
              {t('screens.open_issue')}
            </Button>
          )}
        </Group>
      )}
      {issues.length === 0 && (
        <EmptyState title={t('screens.no_issues')} text={t('screens.no_issues_text')} />
      )}
      {issues.map(issue => (
        <IssueCard key={issue.ncr_id} issue={issue} withBuild={false} />
      ))}
      {opened && (
        <IssueDialog
          order_id={asked.data.order_id}
          kinds={opened === 'shortage' ? ['SHORTAGE'] : kindsOf(order_status)}
          onClose={() => setOpened(null)}
        />
      )}
    </Stack>
  );
}
