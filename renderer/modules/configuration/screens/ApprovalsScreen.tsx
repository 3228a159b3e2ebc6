import { Anchor, Badge, Button, Group, Paper, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ApprovalRow } from '../../../../preload/contract/configuration.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { formatInstant } from '../../../ui/formats.ts';
import { useLocalized } from '../../../ui/localized.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { AnswerDialog } from '../parts/AnswerDialog.tsx';

/** Steps of workflows that wait for somebody's answer. */
export default function ApprovalsScreen() {
  const t = useTexts('configuration');
  const [onlyOpen, setOnlyOpen] = useState(true);
  const found = useAsk('configuration.approvals', { only_open: onlyOpen }, { keepPrevious: true });
  return (
    <Stack gap="sm" h="100%" style={{ minHeight: 0 }}>
      <PageHeader
        title={t('approvals.title')}
        subtitle={t('approvals.subtitle')}
        actions={
          <SegmentedControl
            aria-label={t('approvals.which')}
            value={onlyOpen ? 'open' : 'all'}
            data={[
              { value: 'open', label: t('approvals.open') },
              { value: 'all', label: t('approvals.all') },
            ]}
            onChange={value => setOnlyOpen(value === 'open')}
          />
        }
      />
      <RefusalNotice failure={found.error} />
      <Stack gap="xs" maw={960} style={{ overflow: 'auto', minHeight: 0 }}>
        {found.data?.approvals.length === 0 && (
          <EmptyState title={t('approvals.none')} text={t('approvals.none_text')} />
        )}
        {found.data?.approvals.map(approval => (
          <ApprovalCard key={approval.approval_id} approval={approval} />
        ))}
      </Stack>
    </Stack>
  );
}

const COLOURS: Record<ApprovalRow['status'], string> = {
  PENDING: 'blue',
  APPROVED: 'green',
  REJECTED: 'red',
  CANCELLED: 'gray',
  ESCALATED: 'yellow',
};

function ApprovalCard({ approval }: { approval: ApprovalRow }) {
  const t = useTexts('configuration');
  const localized = useLocalized();
  const { timezone } = useMe();
  const [decision, setDecision] = useState<'APPROVED' | 'REJECTED' | null>(null);
  const cancel = useCommand('configuration.cancelApproval');
  const { approval_id, row_version: expected_version, status } = approval;
  const when = formatInstant(approval.due_at_ms, timezone);
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div style={{ minWidth: 0 }}>
          <Group gap="xs">
            <Anchor component={Link} to={`/orders/${approval.entity_id}`} fw={600} size="sm">
              {approval.entity_label}
            </Anchor>
            {approval.step_name && <Text size="sm">{localized(approval.step_name)}</Text>}
            <Badge
              variant="light"
              radius="sm"
              tt="none"
              miw="max-content"
              color={approval.is_overdue ? 'red' : COLOURS[status]}
              styles={{ label: { color: 'var(--mantine-color-text)' } }}
            >
              {t(`approvals.statuses.${status}`)}
            </Badge>
          </Group>
          <Text size="xs" c="dimmed">
            {t('approvals.asked', {
              name: approval.requested_by_name,
              when: formatInstant(approval.requested_at_ms, timezone),
            })}
            {' · '}
            {t('approvals.of', { approver: approval.approver_name })}
            {status === 'PENDING' &&
              ` · ${t(approval.is_overdue ? 'approvals.overdue' : 'approvals.due', { when })}`}
          </Text>
          {approval.request_comment && <Text size="sm">{approval.request_comment}</Text>}
          {approval.responded_by_name && (
            <Text size="sm" mt={4}>
              {t('approvals.answered', {
                name: approval.responded_by_name,
                when: formatInstant(approval.responded_at_ms, timezone),
              })}
              {approval.approval_comment && `: ${approval.approval_comment}`}
            </Text>
          )}
        </div>
        <Group gap="xs" wrap="nowrap">
          {approval.is_mine && (
            <>
              <Button variant="default" onClick={() => setDecision('REJECTED')}>
                {t('approvals.reject')}
              </Button>
              <Button onClick={() => setDecision('APPROVED')}>{t('approvals.approve')}</Button>
            </>
          )}
          {approval.is_own && status === 'PENDING' && (
            <Button
              variant="default"
              loading={cancel.pending}
              onClick={() => void cancel.run({ approval_id, expected_version }).catch(() => undefined)}
            >
              {t('approvals.cancel')}
            </Button>
          )}
        </Group>
      </Group>
      <RefusalNotice failure={cancel.failure} />
      {decision && <AnswerDialog approval={approval} decision={decision} onClose={() => setDecision(null)} />}
    </Paper>
  );
}
