import { ActionIcon, Anchor, Button, Group, Menu, Text, Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowRight,
  IconDots,
  IconHandStop,
  IconUser,
  IconUserPlus,
} from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Situation, TransitionOffer } from '../../../../preload/contract/fulfilment.ts';
import type { LocalizedText } from '../../../../preload/contract/product-model.ts';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { formatInstant } from '../../../ui/formats.ts';
import { useLocalized } from '../../../ui/localized.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { AssignDialog } from './AssignDialog.tsx';
import { FlagBadge } from './FlagBadge.tsx';
import { MoveDialog } from './MoveDialog.tsx';
import classes from './NextStep.module.css';
import { OverrideDialog } from './OverrideDialog.tsx';
import { firstStep, missingWords, rolesWords, tabFor } from './steps.ts';

type Open = { kind: 'step'; transition_code: string } | { kind: 'assign' } | { kind: 'override' };

/** Under the line of statuses: who has the build, what comes next, what is missing for it, and the button that does it. */
export function NextStep({ order_id }: { order_id: string }) {
  const asked = useAsk('fulfilment.situation', { order_id });
  if (asked.error) return <RefusalNotice failure={asked.error} />;
  return asked.data ? <Steps situation={asked.data} /> : null;
}

function Steps({ situation }: { situation: Situation }) {
  const t = useTexts('fulfilment');
  const localized = useLocalized();
  const [open, setOpen] = useState<Open | null>(null);
  const step = firstStep(situation);
  const others = situation.transitions.filter(entry => entry !== step && entry.is_mine);
  const close = () => setOpen(null);
  return (
    <Group gap="sm" wrap="nowrap" justify="space-between" align="flex-start">
      <Group gap="sm" wrap="wrap" mih={36} style={{ minWidth: 0 }}>
        <Holder situation={situation} onAssign={() => setOpen({ kind: 'assign' })} />
        <FlagBadge flag={situation.flag} />
        <Text size="sm" c="dimmed">
          {t('screens.since', { when: formatInstant(situation.in_status_since_ms) })}
        </Text>
        {situation.approval ? (
          <Anchor component={Link} to="/approvals" size="sm">
            {t('screens.waits_for_approval', {
              approver: situation.approval.approver_name,
            })}
          </Anchor>
        ) : (
          step && <Waiting step={step} />
        )}
      </Group>
      <Group gap="xs" wrap="nowrap" style={{ flexShrink: 0 }}>
        {step?.is_mine && (
          <Tooltip
            label={step.missing.map(entry => missingWords(t, entry)).join('\n')}
            disabled={step.missing.length === 0}
            multiline
            w={320}
            style={{ whiteSpace: 'pre-line' }}
          >
            <Button
              variant={step.missing.length === 0 ? 'filled' : 'default'}
              rightSection={<IconArrowRight size={16} />}
              onClick={() => setOpen({ kind: 'step', transition_code: step.transition_code })}
            >
              {localized(step.name)}
            </Button>
          </Tooltip>
        )}
        {(others.length > 0 || situation.can_override) && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="default" size={36} aria-label={t('screens.more_steps')}>
                <IconDots size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {others.map(entry => (
                <Menu.Item
                  key={entry.transition_code}
                  onClick={() => setOpen({ kind: 'step', transition_code: entry.transition_code })}
                >
                  {localized(entry.name)}
                </Menu.Item>
              ))}
              {situation.can_override && (
                <Menu.Item onClick={() => setOpen({ kind: 'override' })}>{t('screens.override')}</Menu.Item>
              )}
            </Menu.Dropdown>
          </Menu>
        )}
      </Group>
      <Dialogs open={open} situation={situation} onClose={close} localized={localized} />
    </Group>
  );
}

function Dialogs({
  open,
  situation,
  onClose,
  localized,
}: {
  open: Open | null;
  situation: Situation;
  onClose: () => void;
  localized: (text: LocalizedText) => string;
}) {
  // What is missing may be done meanwhile: the dialog shows the step as it stands now.
  const step =
    open?.kind === 'step' && situation.transitions.find(way => way.transition_code === open.transition_code);
  if (step)
    return <MoveDialog situation={situation} step={step} name={localized(step.name)} onClose={onClose} />;
  if (open?.kind === 'assign')
    return (
      <AssignDialog
        orders={[{ order_id: situation.order_id, expected_version: situation.row_version }]}
        onClose={onClose}
      />
    );
  return open?.kind === 'override' ? <OverrideDialog situation={situation} onClose={onClose} /> : null;
}

/** Who the next step waits for, or what is missing for it, in one line that leads to the place where it is done. */
function Waiting({ step }: { step: TransitionOffer }) {
  const t = useTexts('fulfilment');
  if (!step.is_mine)
    return <Text size="sm">{t('screens.waits_for', { roles: rolesWords(t, step.roles) })}</Text>;
  const [first] = step.missing;
  if (!first) return null;
  return (
    <Group gap={6} wrap="nowrap">
      <IconAlertTriangle size={16} aria-hidden className={classes.warning} />
      <Anchor component={Link} to={{ search: `?tab=${tabFor(first)}` }} size="sm">
        {step.missing.length === 1
          ? missingWords(t, first)
          : `${missingWords(t, first)} · ${t('screens.missing_n', { count: step.missing.length })}`}
      </Anchor>
    </Group>
  );
}

function Holder({ situation, onAssign }: { situation: Situation; onAssign: () => void }) {
  const t = useTexts('fulfilment');
  const claim = useCommand('fulfilment.claim');
  const release = useCommand('fulfilment.release');
  const { order_id, row_version, assignee, is_mine, can_claim, can_assign } = situation;
  const target = { order_id, expected_version: row_version };
  return (
    <Group gap={6}>
      <IconUser size={16} aria-hidden />
      <Text size="sm" fw={is_mine ? 600 : 400}>
        {assignee ? (is_mine ? t('screens.mine') : assignee.full_name) : t('screens.nobody')}
      </Text>
      {can_claim && (
        <Button
          size="compact-sm"
          leftSection={<IconHandStop size={14} />}
          loading={claim.pending}
          onClick={() => void claim.run(target).catch(() => undefined)}
        >
          {t('screens.claim')}
        </Button>
      )}
      {is_mine && (
        <Button
          size="compact-sm"
          variant="default"
          loading={release.pending}
          onClick={() => void release.run(target).catch(() => undefined)}
        >
          {t('screens.release')}
        </Button>
      )}
      {can_assign && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconUserPlus size={14} />}
          onClick={onAssign}
        >
          {t('screens.assign')}
        </Button>
      )}
      <RefusalNotice failure={claim.failure ?? release.failure} />
    </Group>
  );
}
