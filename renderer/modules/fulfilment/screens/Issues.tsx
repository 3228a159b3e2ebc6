import { Checkbox, Stack } from '@mantine/core';
import { useState } from 'react';
import { useAsk } from '../../../rpc/hooks.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { IssueCard } from '../parts/IssueCard.tsx';

const MOST_SHOWN = 200;
/** Every nonconformity of the plant. */
export default function Issues() {
  const t = useTexts('fulfilment');
  const [onlyOpen, setOnlyOpen] = useState(true);
  const found = useAsk(
    'quality.listNcrs',
    { only_unsettled: onlyOpen, limit: MOST_SHOWN },
    { keepPrevious: true },
  );
  return (
    <Stack gap="sm" h="100%" style={{ minHeight: 0 }}>
      <PageHeader
        title={t('screens.issues_title')}
        subtitle={t('screens.issues_subtitle')}
        actions={
          <Checkbox
            label={t('screens.only_open')}
            checked={onlyOpen}
            onChange={event => setOnlyOpen(event.currentTarget.checked)}
          />
        }
      />
      <RefusalNotice failure={found.error} />
      <Stack gap="xs" maw={960} style={{ overflow: 'auto', minHeight: 0 }}>
        {found.data?.rows.length === 0 && (
          <EmptyState title={t('screens.no_issues')} text={t('screens.no_plant_issues')} />
        )}
        {found.data?.rows.map(issue => (
          <IssueCard key={issue.ncr_id} issue={issue} withBuild />
        ))}
      </Stack>
    </Stack>
  );
}
