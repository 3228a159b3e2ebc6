import { Alert } from '@mantine/core';
import { IconAlertTriangle, IconLock } from '@tabler/icons-react';
import type { WorkTask } from '../../../../preload/contract/assembly.ts';
import { useLocalized } from '../../../ui/localized.ts';
import { useTexts } from '../../../ui/texts.ts';
import classes from './Player.module.css';
import { StepPicture } from './StepPicture.tsx';
import { blockWords, useTaskTitle } from './task-state.tsx';

/** One step of the task, large; what can hurt somebody stands above it. */
export function PlayerStep({ task, at }: { task: WorkTask; at: number }) {
  const t = useTexts('production');
  const localized = useLocalized();
  const titleOf = useTaskTitle();
  const step = task.steps[at];
  const form = task.form_id
    ? t('work.form_version', { form: task.form_id, version: task.instruction_version })
    : (task.ncr_number ?? '');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys, too
    <section className={classes.step} aria-label={t('work.step_area')} tabIndex={0}>
      <div>
        <h2 className={classes.task}>
          {task.task_code} {titleOf(task)}
        </h2>
        <div className={classes.muted}>
          {[
            task.steps.length > 0 && t('work.step_of', { step: at + 1, steps: task.steps.length }),
            t('minutes_of', { minutes: step?.estimated_minutes ?? task.estimated_minutes }),
            form,
            task.check_codes.length > 0 && t('work.checks', { codes: task.check_codes.join(', ') }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </div>
      </div>
      {task.state === 'blocked' && (
        <Alert
          color="gray"
          icon={<IconLock aria-hidden />}
          title={blockWords(t, task)}
          styles={{ title: { fontSize: 20 } }}
        />
      )}
      {step?.safety_notes && (
        <div className={classes.safety} role="note" aria-label={t('safety')}>
          <IconAlertTriangle size={36} aria-hidden color="var(--mantine-color-yellow-filled)" />
          <span>{localized(step.safety_notes)}</span>
        </div>
      )}
      <p className={classes.text}>
        {step ? localized(step.description) : task.title ? '' : task.description}
      </p>
      {step && <StepPicture step={step} alt={localized(step.description)} />}
      {at === 0 && task.instruction_text && (
        <p className={classes.muted} style={{ whiteSpace: 'normal', margin: 0 }}>
          {localized(task.instruction_text)}
        </p>
      )}
    </section>
  );
}
