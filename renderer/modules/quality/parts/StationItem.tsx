import { FileButton } from '@mantine/core';
import { IconCamera, IconNote } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { Answer, Form, FormRow } from '../../../../preload/contract/inspection.ts';
import { useMe } from '../../../app/session.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { answerKeys, changeFor, isChosen, OtherText } from './AnswerControl.tsx';
import { expectedWords } from './answer-words.ts';
import { CheckDocuments, documentsOf } from './CheckDocuments.tsx';
import { Question } from './FormRowView.tsx';
import { NumberPad } from './NumberPad.tsx';
import classes from './Quality.module.css';
import { NoteField, Photos } from './RowExtras.tsx';
import { StateMark } from './StateMark.tsx';
import { StationText } from './StationText.tsx';
import type { FormHandle } from './use-form.ts';

const E6 = 1_000_000;
interface Choice {
  key: string;
  label: string;
  isOn: boolean;
  change: Partial<Answer>;
}
interface Props {
  row: FormRow;
  section: string;
  form: Form;
  handle: FormHandle;
  onDone: () => void;
  isActive: boolean;
}

/** The one check on the screen: question left, big keys right. A key that settles the check goes on to the next. */
export function StationItem({ row, section, form, handle, onDone, isActive }: Props) {
  const t = useTexts('quality');
  const { locale } = useMe();
  const [isNoting, setNoting] = useState(false);
  const isOpen = form.may_fill;
  const choices = useChoices(row);
  const failure = handle.failed?.measurement_id === row.measurement_id ? handle.failed.failure : null;
  const documents = documentsOf(form, row);
  const needsMore = row.unit !== null && row.data_type === 'BOOLEAN';
  const choose = async (choice: Choice) => {
    const option = row.options.find(o => o.code === choice.change.measured_text);
    const expectsOther =
      row.expected_value !== null && option !== undefined && option.code !== row.expected_value;
    const needsNote = choice.change.is_na === true && row.expected_value !== 'NA';
    const kept = await handle.answer(row, choice.change);
    if (needsNote || expectsOther) setNoting(true);
    else if (kept && !option?.asks_text && !(needsMore && choice.change.measured_text === 'YES')) onDone();
  };
  const onKey = useRef<(event: KeyboardEvent) => void>(() => undefined);
  onKey.current = event => {
    const isTyping =
      event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    const choice =
      isTyping || event.ctrlKey || event.altKey ? undefined : choices.find(c => c.key === event.key);
    if (!choice || !isOpen) return;
    event.preventDefault();
    void choose(choice);
  };
  useEffect(() => {
    if (!isActive) return;
    const listen = (event: KeyboardEvent) => onKey.current(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [isActive]);
  const asksText = row.options.some(o => o.asks_text && o.code === row.measured_text);
  const isNumber =
    row.data_type === 'NUMERIC' || row.data_type === 'COUNT' || (needsMore && row.measured_text === 'YES');
  return (
    <div className={classes.item} data-code={row.code} data-index={row.repeat_index}>
      <div>
        <div className={classes.head}>
          <span style={{ color: 'var(--mantine-color-dimmed)' }}>{`${section} · ${row.code}`}</span>
          <StateMark row={row} />
        </div>
        <h2 className={classes.question}>
          <Question row={row} form={form} />
        </h2>
        <p style={{ color: 'var(--mantine-color-dimmed)', margin: '8px 0' }}>
          {expectedWords(row, t, locale)}
        </p>
        <div className={classes.head} style={{ marginTop: 16 }}>
          <button
            type="button"
            className={classes.key}
            style={{ fontSize: 20 }}
            disabled={!isOpen}
            onClick={() => setNoting(true)}
          >
            <IconNote aria-hidden />
            {t('note')}
          </button>
          <FileButton accept="image/*" onChange={file => file && void handle.addPhoto(row, file)}>
            {props => (
              <button
                {...props}
                type="button"
                className={classes.key}
                style={{ fontSize: 20 }}
                disabled={!isOpen}
              >
                <IconCamera aria-hidden />
                {t('photo')}
              </button>
            )}
          </FileButton>
        </div>
        {(isNoting || row.note !== null || row.state === 'note') && (
          <NoteField row={row} handle={handle} isOpen={isOpen} />
        )}
        <Photos row={row} />
        <RefusalNotice failure={failure} />
        {documents.length > 0 && (
          <div style={{ marginTop: 12 }}>
            <CheckDocuments documents={documents} height="26vh" />
          </div>
        )}
      </div>
      <div className={classes.keys}>
        {choices.map(choice => (
          <button
            key={choice.key}
            type="button"
            className={classes.key}
            aria-pressed={choice.isOn}
            aria-keyshortcuts={choice.key}
            disabled={!isOpen}
            onClick={() => void choose(choice)}
          >
            <kbd>{choice.key}</kbd>
            {choice.label}
          </button>
        ))}
        {asksText && <OtherText row={row} handle={handle} isOpen size="xl" />}
        {row.data_type === 'TEXT' && row.record_as !== 'SIGNER_INITIALS' && (
          <StationText row={row} handle={handle} onDone={onDone} />
        )}
        {isNumber && row.measured_text !== 'MOUNTED' && (
          <NumberPad row={row} handle={handle} onDone={onDone} />
        )}
      </div>
    </div>
  );
}

function useChoices(row: FormRow): Choice[] {
  const t = useTexts('quality');
  const { locale } = useMe();
  switch (row.data_type) {
    case 'BOOLEAN':
      return answerKeys(row).map(({ value, key }) => ({
        key,
        label: t(value === 'NA' ? 'answers.NA' : `answers.${row.test_type ? 'test_' : ''}${value}`),
        isOn: isChosen(row, value),
        change: changeFor(row, value),
      }));
    case 'CHOICE':
      return row.options.map((option, at) => ({
        key: String(at + 1),
        label: option.label[locale],
        isOn: row.measured_text === option.code,
        change: { measured_text: option.code, other_text: null },
      }));
    case 'COUNT': {
      const required_e6 = Math.round(Number(row.expected_value ?? 0) * E6);
      const all = {
        key: '1',
        label: t('all_packed', { count: required_e6 / E6 }),
        isOn: row.measured_value_e6 === required_e6,
        change: { measured_text: null, measured_value_e6: required_e6 },
      };
      const mounted = {
        key: '2',
        label: t('answers.MOUNTED'),
        isOn: row.measured_text === 'MOUNTED',
        change: { measured_text: 'MOUNTED', measured_value_e6: null },
      };
      return row.options.some(o => o.code === 'MOUNTED') ? [all, mounted] : [all];
    }
    default:
      return [];
  }
}
