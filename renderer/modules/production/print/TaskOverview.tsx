import type { Task } from '../../../../preload/contract/production.ts';
import type { DocumentTexts } from '../../../print/document-texts.ts';

/** All tasks in order with their times and room for initials. */
export function TaskOverview({
  tasks,
  total_minutes,
  texts,
}: {
  tasks: readonly Task[];
  total_minutes: number;
  texts: DocumentTexts;
}) {
  const { t } = texts;
  return (
    <>
      <h2>{t('work.overview')}</h2>
      <table>
        <thead>
          <tr>
            <th className="number">{t('work.sequence')}</th>
            <th className="short">{t('work.code')}</th>
            <th>{t('work.task')}</th>
            <th style={{ width: '20%' }}>{t('work.after')}</th>
            <th className="number">{t('work.time')}</th>
            <th className="short">{t('work.done')}</th>
          </tr>
        </thead>
        <tbody>
          {tasks.map(task => (
            <tr key={task.task_code}>
              <td className="number">{task.sequence}</td>
              <td className="short item">{task.task_code}</td>
              <td>{taskTitle(task, texts)}</td>
              <td className="quiet">{afterText(task.after, texts)}</td>
              <td className="number">{texts.minutes(task.estimated_minutes)}</td>
              <td className="ink" />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={4}>{t('work.total')}</td>
            <td className="number">{texts.minutes(total_minutes)}</td>
            <td />
          </tr>
        </tfoot>
      </table>
    </>
  );
}

/** `Install basin – basin 2` */
export function taskTitle(task: Task, texts: DocumentTexts): string {
  const title = texts.of(task.title);
  return task.for_each === null || task.index === null
    ? title
    : `${title} – ${texts.t(`work.unit.${task.for_each}`, { index: task.index })}`;
}

/** A list of many predecessors says how many more there are: the overview above shows them all. */
const SHOWN = 4;
function afterText(after: readonly string[], texts: DocumentTexts): string {
  const shown = after.slice(0, SHOWN).join(', ');
  return after.length > SHOWN
    ? `${shown} ${texts.t('work.and_more', { more: after.length - SHOWN })}`
    : shown;
}
