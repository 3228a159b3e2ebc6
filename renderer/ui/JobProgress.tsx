import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import type { JobState } from '../rpc/hooks.ts';
import { formatNumber } from './formats.ts';
import { RefusalNotice } from './RefusalNotice.tsx';
import { useTexts } from './texts.ts';

/** A bar with counts, time left and Cancel while a job runs; its refusal when it failed. */
export function JobProgress({
  state,
  cancel,
  module = 'ui',
}: {
  state: JobState<unknown>;
  cancel?: () => void;
  module?: string;
}) {
  const t = useTexts(module);
  if (state.kind === 'failed') return <RefusalNotice failure={state.error} />;
  if (state.kind !== 'running') return null;
  const share = state.total > 0 ? (100 * state.done) / state.total : 0;
  const seconds = secondsLeft(state.started_at_ms, Date.now(), state.done, state.total);
  const phase = state.phase
    ? t(`phases.${state.phase}`, {
        defaultValue: t(`ui:phases.${state.phase}`, { defaultValue: state.phase }),
      })
    : t('ui:working');
  return (
    <Stack gap={4} role="status" aria-live="polite">
      <Progress
        value={state.total > 0 ? share : 100}
        animated={state.total === 0}
        aria-label={String(phase)}
      />
      <Group justify="space-between" gap="xs">
        <Text size="sm" className="figures">
          {phase}
          {state.total > 0 && ` · ${formatNumber(state.done)} / ${formatNumber(state.total)}`}
          {seconds !== null && ` · ${t('ui:seconds_left', { count: seconds })}`}
        </Text>
        {cancel && (
          <Button size="compact-sm" variant="default" onClick={cancel}>
            {t('ui:cancel')}
          </Button>
        )}
      </Group>
    </Stack>
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
  if (done <= 0 || total <= 0 || passed_ms < 1500) return null;
  return Math.max(0, Math.ceil(((total - done) * passed_ms) / done / 1000));
}
