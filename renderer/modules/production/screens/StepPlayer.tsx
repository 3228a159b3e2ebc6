import { Alert, Button, Progress } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconCheck,
  IconChevronLeft,
  IconChevronRight,
  IconListCheck,
  IconPlayerPause,
  IconPlayerPlay,
  IconUserShare,
  IconUsers,
  IconX,
} from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { FullScreen } from '../../../app/FullScreen.tsx';
import { StatusMark } from '../../../app/StatusMark.tsx';
import { SwitchOperator } from '../../../app/SwitchOperator.tsx';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { useKey } from '../../../ui/use-key.ts';
import { IssueDialog } from '../../fulfilment/parts/IssueDialog.tsx';
import { GenerateButton } from '../parts/GenerateButton.tsx';
import classes from '../parts/Player.module.css';
import { HandOverDialog, NoteDialog } from '../parts/PlayerDialogs.tsx';
import { PlayerReady } from '../parts/PlayerReady.tsx';
import { PlayerStep } from '../parts/PlayerStep.tsx';
import { TaskMark, useTaskTitle } from '../parts/task-state.tsx';
import { usePlayer } from '../parts/use-player.ts';
import { usePlayerScans } from '../parts/use-player-scans.ts';

/** What may be wrong at a task. */
const ISSUES_OF_TASK = ['PROCESS', 'SHORTAGE', 'OTHER'] as const;
type Overlay = 'switch' | 'hand_over' | 'note' | 'issue' | 'undo';

/** Full screen for one build: one step at a time, by gloves, F-keys and scanner. */
export default function StepPlayer() {
  const t = useTexts('production');
  const { full_name, user_id } = useMe();
  const titleOf = useTaskTitle();
  const navigate = useNavigate();
  const { order_id = '' } = useParams();
  const asked = useAsk('production.work', { order_id }, { keepPrevious: true });
  const slots = useAsk('traceability.serials', { order_id }).data?.slots ?? [];
  const work = asked.data;
  const player = usePlayer(work, slots);
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  const [now_ms, setNow] = useState(() => Date.now());
  useInterval(() => setNow(Date.now()), 1000, { autoInvoke: true });
  const close = () => setOverlay(null);
  const isFree = overlay === null;
  const { task } = player;
  const mayWork = work?.may_work ?? false;
  const canWork = mayWork && isFree && task !== undefined && task.state !== 'done' && !player.pending;
  const isBlocked = task?.state === 'blocked';
  usePlayerScans(player, isFree && mayWork, {
    switchOperator: () => setOverlay('switch'),
    raiseIssue: () => setOverlay('issue'),
  });
  useKey('F1', player.back, isFree);
  useKey('F2', () => void player.startOrPause(), canWork);
  useKey('F3', () => void player.confirm([], true), canWork);
  useKey('F4', () => void player.next(), canWork && !isBlocked);
  useKey('F7', () => setOverlay('note'), canWork);
  useKey('F8', () => setOverlay('issue'), canWork);
  useKey('F9', () => setOverlay('undo'), mayWork && isFree && task?.state === 'done');
  useKey('Escape', player.clear, isFree);
  const current = useRef<HTMLLIElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list follows the task
  useEffect(() => {
    current.current?.scrollIntoView({ block: 'nearest' });
  }, [task?.task_id]);

  if (asked.error) return <RefusalNotice failure={asked.error} />;
  if (!work) return null;
  const { progress } = work;
  return (
    <FullScreen className={classes.player}>
      <header className={classes.head}>
        <h1 className={classes.title}>
          {work.order_number} / {work.build_number}
        </h1>
        <span className={`${classes.muted} ${classes.grow}`} title={work.customer_name}>
          {work.customer_name}
          {work.want_on && ` · ${t('work.wanted', { day: work.want_on })}`}
        </span>
        <span className="tabular">
          {t('work.progress', { done: progress.done, total: progress.total, minutes: progress.minutes_left })}
        </span>
        <StatusMark />
        <Button
          size="lg"
          variant="default"
          leftSection={<IconUsers aria-hidden />}
          onClick={() => setOverlay('switch')}
        >
          {full_name}
        </Button>
        {work.may_hand_over && (
          <Button
            size="lg"
            variant="default"
            aria-label={t('work.hand_over')}
            title={t('work.hand_over')}
            onClick={() => setOverlay('hand_over')}
          >
            <IconUserShare aria-hidden />
          </Button>
        )}
        <Button size="lg" variant="default" aria-label={t('work.leave')} onClick={() => navigate('/floor')}>
          <IconX aria-hidden />
        </Button>
      </header>
      <Progress
        size="sm"
        value={progress.total === 0 ? 0 : (100 * progress.done) / progress.total}
        aria-label={t('work.progress_label')}
      />
      {task ? (
        <div className={classes.body}>
          <nav className={classes.list} aria-label={t('work.task_list')}>
            <ol>
              {work.tasks.map(row => (
                <li key={row.task_id} ref={row.task_id === task.task_id ? current : null}>
                  <Entry
                    row={row}
                    isCurrent={row.task_id === task.task_id}
                    onChoose={() => player.choose(row.task_id)}
                  />
                </li>
              ))}
            </ol>
          </nav>
          <div style={{ minHeight: 0, display: 'flex', flexDirection: 'column', gap: 10 }}>
            <RefusalNotice failure={player.failure} onClose={player.clear} />
            {!mayWork && <ReadOnly assignee={work.assignee_name} />}
            {mayWork && progress.required_open === 0 && <WorkDone order_id={order_id} />}
            <PlayerStep task={task} at={player.step} />
          </div>
          <PlayerReady
            key={task.task_id}
            player={player}
            task={task}
            may_work={mayWork}
            now_ms={now_ms}
            onNote={() => setOverlay('note')}
          />
        </div>
      ) : (
        <EmptyState
          title={t('work.no_list')}
          text={t('work.no_list_text')}
          action={work.may_generate && <GenerateButton work={work} />}
        />
      )}
      {task && (
        <div className={classes.keys}>
          <button
            type="button"
            className={classes.key}
            disabled={player.step === 0}
            aria-keyshortcuts="F1"
            onClick={player.back}
          >
            <IconChevronLeft size={34} aria-hidden />
            {t('work.keys.back')} <small>F1</small>
          </button>
          <button
            type="button"
            className={classes.key}
            disabled={!canWork || isBlocked}
            aria-keyshortcuts="F2"
            onClick={() => void player.startOrPause()}
          >
            {task.running?.is_mine ? (
              <IconPlayerPause size={34} aria-hidden />
            ) : (
              <IconPlayerPlay size={34} aria-hidden />
            )}
            {t(task.running?.is_mine ? 'work.keys.pause' : 'work.keys.start')} <small>F2</small>
          </button>
          <button
            type="button"
            className={classes.key}
            disabled={!canWork}
            aria-keyshortcuts="F3"
            onClick={() => void player.confirm([], true)}
          >
            <IconListCheck size={34} aria-hidden />
            {t('work.keys.ready')} <small>F3</small>
          </button>
          <button
            type="button"
            className={classes.key}
            disabled={!mayWork || (task.state !== 'done' && !canWork)}
            aria-keyshortcuts={task.state === 'done' ? 'F9' : 'F8'}
            onClick={() => setOverlay(task.state === 'done' ? 'undo' : 'issue')}
          >
            {task.state === 'done' ? (
              <IconArrowBackUp size={34} aria-hidden />
            ) : (
              <IconAlertTriangle size={34} aria-hidden />
            )}
            {t(task.state === 'done' ? 'work.keys.undo' : 'work.keys.issue')}{' '}
            <small>{task.state === 'done' ? 'F9' : 'F8'}</small>
          </button>
          <button
            type="button"
            className={classes.key}
            data-primary
            disabled={!canWork || isBlocked}
            aria-keyshortcuts="F4"
            onClick={() => void player.next()}
          >
            {player.isLastStep ? (
              <IconCheck size={34} aria-hidden />
            ) : (
              <IconChevronRight size={34} aria-hidden />
            )}
            {t(player.isLastStep ? 'work.keys.done' : 'work.keys.next')} <small>F4</small>
          </button>
        </div>
      )}
      <SwitchOperator key={user_id} opened={overlay === 'switch'} onClose={close} />
      {overlay === 'hand_over' && <HandOverDialog work={work} onClose={close} />}
      {overlay === 'issue' && task && (
        <IssueDialog
          order_id={work.order_id}
          kinds={ISSUES_OF_TASK}
          task={{
            task_id: task.task_id,
            title: `${task.task_code} ${titleOf(task)}`,
            check_codes: task.check_codes,
          }}
          onClose={close}
        />
      )}
      {(overlay === 'note' || overlay === 'undo') && (
        <NoteDialog player={player} kind={overlay} onClose={close} />
      )}
    </FullScreen>
  );
}

type Row = NonNullable<ReturnType<typeof usePlayer>['task']>;
function Entry({ row, isCurrent, onChoose }: { row: Row; isCurrent: boolean; onChoose: () => void }) {
  const titleOf = useTaskTitle();
  return (
    <button
      type="button"
      className={classes.item}
      aria-current={isCurrent ? 'step' : undefined}
      onClick={onChoose}
    >
      <TaskMark state={row.state} size={24} />
      <span>
        {row.task_code} {titleOf(row)}
      </span>
    </button>
  );
}
function ReadOnly({ assignee }: { assignee: string | null }) {
  const t = useTexts('production');
  return (
    <div className={classes.muted} role="status" style={{ whiteSpace: 'normal' }}>
      {assignee ? t('work.assigned_to', { name: assignee }) : t('work.unassigned')}
    </div>
  );
}
/** The last task is done: what follows is on the build's own page. */
function WorkDone({ order_id }: { order_id: string }) {
  const t = useTexts('production');
  return (
    <Alert
      color="green"
      icon={<IconCheck aria-hidden />}
      title={t('work.all_done')}
      styles={{ title: { fontSize: 20 } }}
    >
      <Button component={Link} size="lg" to={`/orders/${order_id}?tab=inspections`}>
        {t('work.to_inspections')}
      </Button>
    </Alert>
  );
}
