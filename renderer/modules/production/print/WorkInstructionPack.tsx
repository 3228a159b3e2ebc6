import type { DocumentProps } from '../../../print/document-props.ts';
import { ConfigurationTable } from '../../../print/parts/ConfigurationTable.tsx';
import { SignOff } from '../../../print/parts/SignOff.tsx';
import { TaskOverview } from './TaskOverview.tsx';
import { TaskSheet } from './TaskSheet.tsx';
import { TravellerCover } from './TravellerCover.tsx';

/** The pack that travels with a build: cover, configuration, overview of the work, every task, final signatures. */
export function WorkInstructionPack({ data, texts }: DocumentProps<'work_instructions'>) {
  const { t } = texts;
  return (
    <main>
      <TravellerCover data={data} texts={texts} />
      <section className="new-page">
        <h2>
          {data.order
            ? t('configuration.heading', { revision: data.build.configuration_revision })
            : t('configuration.example')}
        </h2>
        <ConfigurationTable answers={data.build.answers} texts={texts} />
      </section>
      <section className="new-page">
        <TaskOverview tasks={data.tasks} total_minutes={data.total_minutes} texts={texts} />
      </section>
      <section className="new-page">
        <h2>{t('work.instructions')}</h2>
        {data.tasks.map(task => (
          <TaskSheet
            key={task.task_code}
            task={task}
            isDraft={task.instruction_code === data.draft?.instruction_code}
            pictures={data.pictures}
            texts={texts}
          />
        ))}
      </section>
      <section className="together">
        <h2>{t('work.completion')}</h2>
        <p>{t('work.completion_statement', { build: data.build.build_number, tasks: data.tasks.length })}</p>
        <SignOff meaning={t('sign.assembled')} texts={texts} />
        <SignOff meaning={t('sign.checked')} texts={texts} />
      </section>
    </main>
  );
}
