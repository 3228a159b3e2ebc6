import { Button, Group, Progress, Text } from '@mantine/core';
import type { JobState } from '../rpc/hooks.ts';
import { formatCount, formatDuration } from './formats.ts';
import { RefusalNotice } from './RefusalNotice.tsx';
import { useTexts } from './texts.ts';

interface Props {
  state: JobState<unknown>;
  onCancel?: () => void;
  /** Words for the phases of this job, when they are not among the common ones. */
  phaseText?: (phase: string) => string;
}
/** Bar with counts, time left and Cancel; the failure in words; nothing while idle or done. */
export function JobProgress({ state, onCancel, phaseText }: Props) {
  const t = useTexts('ui');
  if (state.kind === 'failed') return <RefusalNotice failure={state.error} />;
  if (state.kind !== 'running') return null;
  const { phase, done, total, started_at_ms } = state;
  const left_s = secondsLeft(started_at_ms, Date.now(), done, total);
  const words = phase
    ? (phaseText?.(phase) ?? t(`phases.${phase}`, { defaultValue: phase }))
    : t('job.starting');
  return (
    <div role="status">
      <Group justify="space-between" gap="sm" mb={4} wrap="nowrap">
        <Text size="sm">
          {words}
          {total > 0 && ` · ${t('job.count', { done: formatCount(done), total: formatCount(total) })}`}
          {left_s !== null && ` · ${t('job.left', { time: formatDuration(left_s) })}`}
        </Text>
        {onCancel && (
          <Button size="compact-sm" variant="default" onClick={onCancel}>
            {t('cancel')}
          </Button>
        )}
      </Group>
      <Progress value={total > 0 ? (done / total) * 100 : 100} animated={total === 0} aria-label={words} />
    </div>
  );
}

/** Whole seconds left at the pace so far; null until there is something to judge by. */
export function secondsLeft(
  started_at_ms: number,
  now_ms: number,
  done: number,
  total: number,
): number | null {
  const passed_ms = now_ms - started_at_ms;
  if (done <= 0 || total <= done || passed_ms < 1500) return null;
  return Math.ceil(((total - done) * passed_ms) / done / 1000);
}
