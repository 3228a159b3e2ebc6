import { Progress, Text } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconListNumbers, IconUsers, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Form } from '../../../../preload/contract/inspection.ts';
import { FullScreen } from '../../../app/FullScreen.tsx';
import { StatusMark } from '../../../app/StatusMark.tsx';
import { SwitchOperator } from '../../../app/SwitchOperator.tsx';
import { useMe } from '../../../app/session.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { useFormId } from '../parts/form-id.ts';
import { JumpList } from '../parts/JumpList.tsx';
import classes from '../parts/Quality.module.css';
import { SigningDialog } from '../parts/SigningDialog.tsx';
import { StationItem } from '../parts/StationItem.tsx';
import { useForm } from '../parts/use-form.ts';

export default function StationForm() {
  const t = useTexts('quality');
  const log_id = useFormId();
  return log_id ? <Shown key={log_id} log_id={log_id} /> : <EmptyState title={t('unknown_form')} />;
}

/** One check per screen, for gloves and at arm's length: keys 1 2 3, arrows, jump list. */
function Shown({ log_id }: { log_id: Form['log_id'] }) {
  const t = useTexts('quality');
  const { locale, full_name, user_id } = useMe();
  const navigate = useNavigate();
  const handle = useForm(log_id);
  const { form, error } = handle;
  const [at, setAt] = useState<number | null>(null);
  const [dialog, setDialog] = useState<'sign' | 'operator' | null>(null);
  const [isJumping, setJumping] = useState(false);
  const rows = (form?.sections ?? []).flatMap(section =>
    section.rows.filter(row => row.is_applicable).map(row => ({ section, row })),
  );
  // Where the work was left: the first check that is still open.
  const firstOpen = rows.findIndex(({ row }) => row.state !== 'ok' && row.state !== 'fails');
  const here = at ?? Math.max(0, firstOpen);
  const go = (step: number) => setAt(Math.min(rows.length - 1, Math.max(0, here + step)));
  const canSign = form?.may_fill === true && form.progress.result !== 'INCOMPLETE';
  const onKey = useRef<(event: KeyboardEvent) => void>(() => undefined);
  onKey.current = event => {
    const isTyping =
      event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (event.key === 'PageDown' || (event.key === 'ArrowRight' && !isTyping)) go(1);
    else if (event.key === 'PageUp' || (event.key === 'ArrowLeft' && !isTyping)) go(-1);
    else if (event.key === 'F2') setJumping(!isJumping);
    else if (event.key === 'Enter' && event.ctrlKey && canSign) setDialog('sign');
    else return;
    event.preventDefault();
  };
  useEffect(() => {
    if (dialog) return;
    const listen = (event: KeyboardEvent) => onKey.current(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [dialog]);
  if (error) return <RefusalNotice failure={error} />;
  if (!form) return null;
  const shown = rows[here];
  const { answered, applicable, failing } = form.progress;
  return (
    <FullScreen className={classes.station}>
      <div>
        <div className={classes.head}>
          <h1 style={{ margin: 0, fontSize: 24 }}>{form.plan_name[locale]}</h1>
          <Text size="lg" c="dimmed" className={classes.grow} truncate>
            {`${form.order_number} / ${form.build_number} · ${form.customer_name}`}
          </Text>
          <StatusMark />
          <button
            type="button"
            className={classes.key}
            style={{ minHeight: 56, fontSize: 18 }}
            onClick={() => setDialog('operator')}
          >
            <IconUsers aria-hidden />
            {full_name}
          </button>
          <button
            type="button"
            className={classes.key}
            style={{ minHeight: 56 }}
            aria-label={t('leave')}
            onClick={() => navigate(`/quality/forms/${log_id}`)}
          >
            <IconX aria-hidden />
          </button>
        </div>
        <Progress
          mt={10}
          size="lg"
          value={applicable === 0 ? 100 : (answered / applicable) * 100}
          color={failing > 0 ? 'red' : undefined}
          aria-label={t('progress', { answered, applicable })}
        />
      </div>
      {isJumping ? (
        <JumpList
          rows={rows.map(({ row }) => row)}
          here={here}
          onGo={index => {
            setAt(index);
            setJumping(false);
          }}
        />
      ) : (
        shown && (
          <StationItem
            key={shown.row.measurement_id}
            row={shown.row}
            section={shown.section.name[locale]}
            form={form}
            handle={handle}
            onDone={() => go(1)}
            isActive={dialog === null}
          />
        )
      )}
      <div className={classes.foot}>
        <button
          type="button"
          className={classes.key}
          disabled={here === 0}
          aria-keyshortcuts="PageUp"
          onClick={() => go(-1)}
        >
          <IconArrowLeft aria-hidden /> {t('back')}
        </button>
        <button
          type="button"
          className={classes.key}
          aria-pressed={isJumping}
          aria-keyshortcuts="F2"
          onClick={() => setJumping(!isJumping)}
        >
          <IconListNumbers aria-hidden />
          {t('progress', { answered, applicable })}
        </button>
        <span className={classes.grow} />
        <button
          type="button"
          className={classes.key}
          disabled={here >= rows.length - 1}
          aria-keyshortcuts="PageDown"
          onClick={() => go(1)}
        >
          {t('next')} <IconArrowRight aria-hidden />
        </button>
        <button
          type="button"
          className={classes.key}
          disabled={!canSign}
          aria-keyshortcuts="Control+Enter"
          onClick={() => setDialog('sign')}
        >
          {t('sign.submit')}
        </button>
      </div>
      {dialog === 'sign' && (
        <SigningDialog
          form={form}
          onClose={() => setDialog(null)}
          onSigned={() => navigate(`/quality/forms/${log_id}`)}
        />
      )}
      <SwitchOperator key={user_id} opened={dialog === 'operator'} onClose={() => setDialog(null)} />
    </FullScreen>
  );
}
