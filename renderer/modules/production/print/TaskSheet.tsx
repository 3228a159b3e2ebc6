import type { Task } from '../../../../preload/contract/production.ts';
import type { InstructionStep } from '../../../../preload/contract/production-shapes.ts';
import type { DocumentTexts } from '../../../print/document-texts.ts';
import { Picture } from '../editor/Picture.tsx';
import { taskTitle } from './TaskOverview.tsx';

interface Props {
  task: Task;
  isDraft: boolean;
  /** Data addresses by file. */
  pictures: Readonly<Record<string, string>>;
  texts: DocumentTexts;
}
/** One task: tools, parts, steps with safety notes, and the initials of who did it. */
export function TaskSheet({ task, isDraft, pictures, texts }: Props) {
  const { t } = texts;
  return (
    <section className="task">
      <div className="task-head">
        <span className="code">{task.task_code}</span>
        <span className="title">
          {taskTitle(task, texts)} {isDraft && <span className="draft">{t('work.draft')}</span>}
        </span>
        <span className="time">{texts.minutes(task.estimated_minutes)}</span>
      </div>
      <div className="task-lead">
        <p>{texts.of(task.description)}</p>
        <p className="quiet">
          {t('work.instruction', { form: task.form_id, version: task.instruction_version })}
          {task.tools.length > 0 && ` · ${t('work.tools', { tools: task.tools.map(texts.of).join(', ') })}`}
        </p>
      </div>
      {task.parts.length > 0 && <TaskParts task={task} texts={texts} />}
      <ol className="steps">
        {task.steps.map(step => (
          <Step key={step.step_number} step={step} pictures={pictures} texts={texts} />
        ))}
      </ol>
      <div className="sign-caption together">
        <span>{t('work.done_by')} ______________</span>
        <span>{t('sign.date')} ______________</span>
        <span>{t('work.time_taken')} ________</span>
      </div>
    </section>
  );
}

function TaskParts({ task, texts }: { task: Task; texts: DocumentTexts }) {
  const { t } = texts;
  return (
    <table>
      <thead>
        <tr>
          <th style={{ width: '33%' }}>{t('work.part')}</th>
          <th>{t('bom.name')}</th>
          <th style={{ width: '24%' }}>{t('work.from')}</th>
          <th className="number">{t('bom.quantity')}</th>
          <th className="short">{t('bom.unit')}</th>
        </tr>
      </thead>
      <tbody>
        {task.parts.map(part => (
          <tr key={`${part.item_id} ${part.from_item_id}`}>
            <td className="item">{part.item_id}</td>
            <td>{part.name}</td>
            <td className="quiet">{part.from_item_id}</td>
            <td className="number">{texts.quantity(part.quantity_e6)}</td>
            <td className="short">{part.uom_code}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface StepProps extends Pick<Props, 'pictures' | 'texts'> {
  step: InstructionStep;
}
function Step({ step, pictures, texts }: StepProps) {
  return (
    <li>
      <span className="box" />
      <span className="step-number">{step.step_number}</span>
      <div>
        {texts.of(step.description)}
        {step.safety_notes && (
          <div className="safety">
            <svg viewBox="0 0 20 18" aria-hidden="true">
              <path d="M10 1 19 17H1Z" fill="none" stroke="#111" strokeWidth="1.8" strokeLinejoin="round" />
              <path d="M10 6.5v5" stroke="#111" strokeWidth="2" strokeLinecap="round" />
              <circle cx="10" cy="14.3" r="1.2" fill="#111" />
            </svg>
            <div>
              <strong>{texts.t('work.safety')}</strong>
              {texts.of(step.safety_notes)}
            </div>
          </div>
        )}
        <StepPicture step={step} pictures={pictures} texts={texts} />
      </div>
      <span className="step-time">{texts.minutes(step.estimated_minutes)}</span>
    </li>
  );
}

function StepPicture({ step, pictures, texts }: StepProps) {
  const { media_file_id, annotations } = step;
  if (media_file_id === null) return null;
  const src = pictures[media_file_id];
  if (src === undefined) return <p className="quiet">{texts.t('work.picture_missing')}</p>;
  return (
    <div className="step-picture">
      <Picture src={src} alt={texts.of(step.description)} annotations={annotations} />
    </div>
  );
}
