import { IconCheck } from '@tabler/icons-react';
import { buildStatus } from '../../../../preload/contract/orders.ts';
import { useTexts } from '../../../ui/texts.ts';
import classes from './StatusLine.module.css';

/** The workflow of a build drawn once: done, now, next. */
export function StatusLine({ status }: { status: string }) {
  const t = useTexts('orders');
  const now = buildStatus.options.map(String).indexOf(status);
  return (
    <ol className={classes.line} aria-label={t('screens.workflow')}>
      {buildStatus.options.map((entry, index) => {
        const state = index < now ? 'done' : index === now ? 'now' : 'next';
        return (
          <li
            key={entry}
            className={classes[state]}
            aria-current={state === 'now' ? 'step' : undefined}
            title={t(`statuses.${entry}`)}
          >
            <span className={classes.mark}>
              {state === 'done' ? <IconCheck size={12} aria-hidden /> : index + 1}
            </span>
            <span className={classes.word}>{t(`statuses.${entry}`)}</span>
          </li>
        );
      })}
    </ol>
  );
}
