import { Alert, Button, Group, Progress, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle, IconPlayerPlay } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { WorkOrder, WorkTask } from '../../../../preload/contract/assembly.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { formatDuration, formatInstant } from '../../../ui/formats.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { GenerateButton } from './GenerateButton.tsx';
import { blockWords, TaskMark, useTaskTitle } from './task-state.tsx';
import { WorkOrderBadge } from './WorkOrderBadge.tsx';

/** The task list of a build: what is done by whom, what is ready, what waits for what. */
export function BuildWork({ order_id }: { order_id: string }) {
  const t = useTexts('production');
  const asked = useAsk('production.work', { order_id });
  if (asked.error) return <RefusalNotice failure={asked.error} />;
  const work = asked.data;
  if (!work) return null;
  if (!work.list)
    return (
      <Stack gap="sm">
        <WorkOrderFacts work_order={work.work_order} />
        <EmptyState
          title={t('work.no_list')}
          text={t('work.no_list_text')}
          action={work.may_generate && <GenerateButton work={work} />}
        />
      </Stack>
    );
  const { progress, list } = work;
  return (
    <Stack gap="sm">
      <WorkOrderFacts work_order={work.work_order} />
      <Group justify="space-between" wrap="nowrap">
        <Group gap="sm">
          <Progress
            w={160}
            value={progress.total === 0 ? 0 : (100 * progress.done) / progress.total}
            aria-label={t('work.progress_label')}
          />
          <Text size="sm" className="tabular">
            {t('work.progress', {
              done: progress.done,
              total: progress.total,
              minutes: progress.minutes_left,
            })}
          </Text>
          <Text size="sm" c="dimmed">
            {t('work.list_facts', {
              name: list.operation_name,
              version: list.bom_version,
            })}
          </Text>
        </Group>
        <Group gap="xs">
          {work.may_generate && list.is_outdated && <GenerateButton work={work} />}
          <Button component={Link} to={`/floor/${order_id}`} leftSection={<IconPlayerPlay size={16} />}>
            {t(work.may_work ? 'work.open_player' : 'work.look_player')}
          </Button>
        </Group>
      </Group>
      {list.is_outdated && (
        <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title={t('work.outdated')}>
          {t('work.outdated_text')}
        </Alert>
      )}
      {work.issues.map(issue => (
        <Alert
          key={issue.ncr_number}
          color="red"
          icon={<IconAlertTriangle aria-hidden />}
          title={issue.ncr_number}
        >
          {issue.defect_description}
        </Alert>
      ))}
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={40} aria-label={t('status')} />
            <Table.Th w={150}>{t('code')}</Table.Th>
            <Table.Th>{t('work.task')}</Table.Th>
            <Table.Th w={300}>{t('work.state')}</Table.Th>
            <Table.Th w={90} ta="right">
              {t('minutes')}
            </Table.Th>
            <Table.Th w={110} ta="right">
              {t('work.worked')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {work.tasks.map(task => (
            <Row key={task.task_id} task={task} />
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}

/** The work order of the build: its number, where it stands, since when. */
function WorkOrderFacts({ work_order }: { work_order: WorkOrder | null }) {
  const t = useTexts('production');
  const { timezone } = useMe();
  if (!work_order) return null;
  const { work_order_number, status, started_at_ms, completed_at_ms } = work_order;
  return (
    <Group gap="sm">
      <Text size="sm" fw={600}>
        {t('work_order.number', { number: work_order_number })}
      </Text>
      <WorkOrderBadge status={status} />
      <Text size="sm" c="dimmed">
        {[
          started_at_ms !== null && t('work_order.started', { when: formatInstant(started_at_ms, timezone) }),
          completed_at_ms !== null &&
            t('work_order.completed', { when: formatInstant(completed_at_ms, timezone) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
    </Group>
  );
}

function Row({ task }: { task: WorkTask }) {
  const t = useTexts('production');
  const titleOf = useTaskTitle();
  const { timezone } = useMe();
  const words = (): string => {
    if (task.completed)
      return t('work.done_by', {
        name: task.completed.by_name,
        at: formatInstant(task.completed.at_ms, timezone),
      });
    if (task.running) return t('work.running_by', { name: task.running.by_name });
    return task.state === 'blocked' ? blockWords(t, task) : t('work.states.ready');
  };
  const notes = task.events.filter(event => event.note).map(event => `${event.by_name}: ${event.note}`);
  return (
    <Table.Tr>
      <Table.Td>
        <TaskMark state={task.state} />
      </Table.Td>
      <Table.Td className="tabular">{task.task_code}</Table.Td>
      <Table.Td>
        {titleOf(task)}
        {notes.map(note => (
          <Text key={note} size="xs" c="dimmed">
            {note}
          </Text>
        ))}
      </Table.Td>
      <Table.Td>{words()}</Table.Td>
      <Table.Td ta="right" className="tabular">
        {task.estimated_minutes}
      </Table.Td>
      <Table.Td ta="right" className="tabular">
        {task.worked_seconds > 0 ? formatDuration(task.worked_seconds) : ''}
      </Table.Td>
    </Table.Tr>
  );
}
