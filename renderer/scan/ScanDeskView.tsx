import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTexts } from '../ui/texts.ts';
import classes from './Scan.module.css';
import type { Question, Rejection } from './scan-desk.ts';
import { useScanDesk } from './use-scan-desk.ts';

const DONE_SHOWN_MS = 4000;

/** Hears scans on every page and shows what became of them: what went wrong stays until somebody has taken note. */
export function ScanDeskView({ isListening }: { isListening: boolean }) {
  const { desk, question, rejections, done, waiting } = useScanDesk(isListening);
  useEffect(() => {
    if (!done) return;
    const timer = window.setTimeout(() => desk.forgetDone(), DONE_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [desk, done]);

  const onKey = useRef<(event: KeyboardEvent) => boolean>(() => false);
  onKey.current = event => {
    if (rejections.length > 0 && event.key === 'Enter') {
      desk.acknowledge();
      return true;
    }
    if (!question) return false;
    const digit = /^[123]$/.test(event.key) ? Number(event.key) - 1 : undefined;
    if (event.key === 'Escape') void desk.answer();
    else if (question.kind === 'repeat' && event.key === 'Enter') void desk.answer(0);
    else if (question.kind === 'choose' && digit !== undefined && digit < question.choices.length)
      void desk.answer(digit);
    else return false;
    return true;
  };
  const isShown = isListening && (rejections.length > 0 || question !== null);
  useEffect(() => {
    if (!isShown) return;
    const listen = (event: KeyboardEvent) => {
      if (!onKey.current(event)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, [isShown]);
  if (!isListening) return null;
  return (
    <>
      <div className={classes.desk}>
        {rejections.map(rejection => (
          <Rejected key={rejection.id} rejection={rejection} onAcknowledge={() => desk.acknowledge()} />
        ))}
        {question && (
          <Asked question={question} waiting={waiting} onAnswer={choice => void desk.answer(choice)} />
        )}
      </div>
      {done && (
        <div className={classes.done} role="status">
          <IconCircleCheck size={28} aria-hidden color="var(--mantine-color-green-filled)" />
          <span>{done.title}</span>
          <span className={classes.next}>{done.subtitle}</span>
        </div>
      )}
    </>
  );
}

function Rejected({ rejection, onAcknowledge }: { rejection: Rejection; onAcknowledge: () => void }) {
  const t = useTexts('scan');
  return (
    <div className={classes.message} role="alert">
      <IconCircleX size={56} aria-hidden color="var(--mantine-color-red-filled)" />
      <div className={classes.words}>
        <p className={classes.code}>{rejection.text}</p>
        <p>{rejection.reason}</p>
        <p className={classes.next}>{rejection.next_step}</p>
      </div>
      <button type="button" className={classes.key} onClick={onAcknowledge}>
        {t('acknowledge')}
      </button>
    </div>
  );
}
interface AskedProps {
  question: Question;
  waiting: number;
  onAnswer: (choice?: number) => void;
}
function Asked({ question, waiting, onAnswer }: AskedProps) {
  const t = useTexts('scan');
  const answers =
    question.kind === 'repeat'
      ? [{ title: t('yes'), subtitle: '' }]
      : question.choices.map(({ title, subtitle }, at) => ({ title: `${at + 1}  ${title}`, subtitle }));
  return (
    <div className={classes.message} data-kind="ask" role="alert">
      <IconAlertTriangle size={56} aria-hidden color="var(--mantine-color-orange-filled)" />
      <div className={classes.words}>
        <p className={classes.code}>{question.text}</p>
        <p>{(question.kind === 'choose' && question.question) || t(question.kind)}</p>
        {waiting > 0 && <p className={classes.next}>{t('waiting', { count: waiting })}</p>}
      </div>
      <div className={classes.keys}>
        {answers.map(({ title, subtitle }, at) => (
          <button key={title} type="button" className={classes.key} onClick={() => onAnswer(at)}>
            {title}
            {subtitle !== '' && <small>{subtitle}</small>}
          </button>
        ))}
        <button type="button" className={classes.key} onClick={() => onAnswer()}>
          {t('no')}
        </button>
      </div>
    </div>
  );
}
