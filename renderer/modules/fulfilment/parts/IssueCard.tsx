import { Anchor, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { NcrRow } from '../../../../preload/contract/quality.ts';
import { useMe } from '../../../app/session.tsx';
import { useCommand } from '../../../rpc/hooks.ts';
import { formatInstant, formatQuantity } from '../../../ui/formats.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { StatusBadge, type Tone } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { SettleDialog } from './SettleDialog.tsx';

const TONE: Record<NcrRow['severity'], Tone> = { MINOR: 'waiting', MAJOR: 'warning', CRITICAL: 'bad' };
const STATE: Record<NcrRow['status'], Tone> = {
  OPEN: 'progress',
  IN_REVIEW: 'waiting',
  RESOLVED: 'good',
  CLOSED: 'good',
};

/** One nonconformity: what is wrong, how grave, and what may be done about it. */
export function IssueCard({ issue, withBuild }: { issue: NcrRow; withBuild: boolean }) {
  const t = useTexts('fulfilment');
  const { may } = useMe();
  const [isSettling, setSettling] = useState(false);
  const rework = useCommand('fulfilment.startRework');
  const propose = useCommand('fulfilment.proposeReturn');
  const target = { ncr_id: issue.ncr_id, expected_version: issue.row_version };
  const mayPropose = issue.ncr_type === 'PRE_QC_REJECTION' && !issue.is_return_to_maker && may('ncrs:update');
  const isOpen = issue.status === 'OPEN' || issue.status === 'IN_REVIEW';
  const maySettle = may(issue.ncr_type === 'SHORTAGE' ? 'shortages:resolve' : 'ncrs:resolve');
  return (
    <Paper withBorder p="sm" component="article" aria-label={issue.ncr_number}>
      <Stack gap={6}>
        <Group gap="xs" justify="space-between" wrap="wrap">
          <Group gap="xs" wrap="wrap">
            <Text fw={600}>{issue.ncr_number}</Text>
            <Text size="sm">{t(`ncr_types.${issue.ncr_type}`)}</Text>
            <StatusBadge tone={TONE[issue.severity]} label={t(`severities.${issue.severity}`)} />
            <StatusBadge tone={STATE[issue.status]} label={t(`ncr_statuses.${issue.status}`)} />
            {issue.is_return_to_maker && <Text size="sm">{t('screens.return_proposed')}</Text>}
            {withBuild && issue.order_id && (
              <Anchor component={Link} to={`/orders/${issue.order_id}?tab=issues`} size="sm">
                {issue.order_number} / {issue.build_number}
              </Anchor>
            )}
          </Group>
          {isOpen && (maySettle || mayPropose) && (
            <Group gap="xs">
              {mayPropose && (
                <Button
                  size="compact-sm"
                  variant="default"
                  loading={propose.pending}
                  onClick={() => void propose.run(target).catch(() => undefined)}
                >
                  {t('screens.propose_return')}
                </Button>
              )}
              {maySettle && issue.status === 'OPEN' && issue.needs_rework && (
                <Button
                  size="compact-sm"
                  variant="default"
                  loading={rework.pending}
                  onClick={() => void rework.run(target).catch(() => undefined)}
                >
                  {t('screens.start_rework')}
                </Button>
              )}
              {maySettle && (
                <Button size="compact-sm" onClick={() => setSettling(true)}>
                  {t('screens.settle')}
                </Button>
              )}
            </Group>
          )}
        </Group>
        <Text size="sm">
          <Text span fw={600} size="sm">
            {t(`categories.${issue.category}`)}
          </Text>
          {' · '}
          {issue.defect_description}
        </Text>
        <Facts issue={issue} />
        <Text size="xs" c="dimmed">
          {t('screens.reported', { name: issue.reported_by_name, when: formatInstant(issue.reported_at_ms) })}
        </Text>
        {issue.resolved_at_ms !== null && (
          <Text size="sm">
            {issue.resolution_notes}{' '}
            <Text span size="xs" c="dimmed">
              {t('screens.settled', {
                name: issue.resolved_by_name,
                when: formatInstant(issue.resolved_at_ms),
              })}
            </Text>
          </Text>
        )}
        <RefusalNotice failure={rework.failure ?? propose.failure} />
      </Stack>
      {isSettling && <SettleDialog issue={issue} onClose={() => setSettling(false)} />}
    </Paper>
  );
}

function Facts({ issue }: { issue: NcrRow }) {
  const t = useTexts('fulfilment');
  const facts = [
    issue.task_code && t('screens.at_task', { task: issue.task_code }),
    issue.material_number && `${issue.material_number} ${issue.material_name ?? ''}`.trim(),
    issue.quantity_needed_e6 !== null && `${t('screens.needed')} ${formatQuantity(issue.quantity_needed_e6)}`,
    issue.quantity_available_e6 !== null &&
      `${t('screens.available')} ${formatQuantity(issue.quantity_available_e6)}`,
    issue.expected_on && `${t('screens.expected')} ${issue.expected_on}`,
  ].filter(Boolean);
  return facts.length === 0 ? null : <Text size="sm">{facts.join(' · ')}</Text>;
}
