import {
  IconCircle,
  IconCircleCheckFilled,
  IconLock,
  IconPlayerPlayFilled,
  type IconProps,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { TaskState, WorkTask } from '../../../../preload/contract/assembly.ts';
import { useLocalized } from '../../../ui/localized.ts';
import { type Texts, useTexts } from '../../../ui/texts.ts';

const LOOK: Record<TaskState, { Icon: ComponentType<IconProps>; color: string }> = {
  done: { Icon: IconCircleCheckFilled, color: 'var(--mantine-color-green-filled)' },
  running: { Icon: IconPlayerPlayFilled, color: 'var(--mantine-color-blue-filled)' },
  ready: { Icon: IconCircle, color: 'var(--mantine-color-text)' },
  blocked: { Icon: IconLock, color: 'var(--mantine-color-dimmed)' },
};
/** Shape and colour of a state; the word stands beside it or is read out. */
export function TaskMark({ state, size = 20 }: { state: TaskState; size?: number }) {
  const t = useTexts('production');
  const { Icon, color } = LOOK[state];
  return <Icon size={size} color={color} role="img" aria-label={t(`work.states.${state}`)} />;
}

/** The words of a task: its instruction, or what is to be put right, with its basin, faucet, … */
export function useTaskTitle(): (task: WorkTask) => string {
  const t = useTexts('production');
  const localized = useLocalized();
  return task => {
    const title = task.title ? localized(task.title) : (task.description ?? '');
    return task.group_kind && task.group_index
      ? `${title} · ${t(`groups.${task.group_kind}`)} ${task.group_index}`
      : title;
  };
}
export const blockWords = (t: Texts, task: WorkTask): string =>
  t('work.waits_for', {
    by: task.blocked_by.map(block => (block.kind === 'task' ? block.task_code : block.ncr_number)).join(', '),
  });
