import { Badge, Group, Stack, Text } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import type { Form, FormRow } from '../../../../preload/contract/inspection.ts';
import { useMe } from '../../../app/session.tsx';
import { formatInstant } from '../../../ui/formats.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { AnswerControl, answerKeys, changeFor } from './AnswerControl.tsx';
import { DocumentsButton, documentsOf } from './CheckDocuments.tsx';
import { GuideButton } from './GuideButton.tsx';
import classes from './Quality.module.css';
import { ResultBadge } from './ResultBadge.tsx';
import { useRowExtras } from './RowExtras.tsx';
import { StateMark } from './StateMark.tsx';
import type { FormHandle } from './use-form.ts';

interface Props {
  row: FormRow;
  form: Form;
  handle: FormHandle;
  isOpen: boolean;
  /** The check whose documents are beside the form. */
  beside: FormRow['measurement_id'] | null;
  onBeside: (row: FormRow) => void;
}
/** A check in the office: code, question, answer, state. Keys 1 2 3 answer it, arrows go to its neighbours. */
export function FormRowView({ row, form, handle, isOpen, beside, onBeside }: Props) {
  const { locale } = useMe();
  const extras = useRowExtras({ row, handle, isOpen });
  const documents = row.is_applicable ? documentsOf(form, row).length : 0;
  const failure = handle.failed?.measurement_id === row.measurement_id ? handle.failed.failure : null;
  const onKey = (event: KeyboardEvent<HTMLDivElement>) => {
    const isTyping =
      event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (isTyping) return;
    const chosen = answerKeys(row).find(a => a.key === event.key);
    if (chosen && isOpen && row.is_applicable && row.data_type === 'BOOLEAN')
      void handle.answer(row, changeFor(row, chosen.value));
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp')
      neighbour(event.currentTarget, event.key === 'ArrowDown' ? 1 : -1)?.focus();
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of controls in a list of many, not a form section
    <div
      className={classes.row}
      data-state={row.state}
      data-code={row.code}
      role="group"
      aria-label={`${row.code} ${row.name[locale]}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: number keys answer the row that has the focus
      tabIndex={0}
      onKeyDown={onKey}
      onFocus={event => {
        // The button that opens them does so itself.
        const isOpener = event.target.closest('[data-opens-documents]') !== null;
        if (beside !== null && beside !== row.measurement_id && documents > 0 && !isOpener) onBeside(row);
      }}
    >
      <div className={classes.code}>{row.code}</div>
      <Stack gap={4}>
        <Question row={row} form={form} />
        {documents > 0 && (
          <DocumentsButton
            count={documents}
            code={row.code}
            isOn={beside === row.measurement_id}
            onToggle={() => onBeside(row)}
          />
        )}
      </Stack>
      <AnswerControl row={row} handle={handle} isOpen={isOpen} />
      <Group gap={4} justify="space-between" mih={34}>
        {row.is_applicable && extras.buttons}
        <StateMark row={row} />
      </Group>
      {row.is_applicable && (
        <div className={classes.extras}>
          {extras.details}
          <RefusalNotice failure={failure} />
        </div>
      )}
    </div>
  );
}
const neighbour = (row: HTMLElement, step: 1 | -1): HTMLElement | undefined => {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-code][role=group]')];
  return rows[rows.indexOf(row) + step];
};

export function Question({ row, form }: { row: FormRow; form: Form }) {
  const t = useTexts('quality');
  const { locale } = useMe();
  const shown = row.shows_plan_type ? form.shown_results[row.shows_plan_type] : undefined;
  const role = row.needs_file_role;
  return (
    <Stack gap={2}>
      <Text inherit c={row.is_applicable ? undefined : 'dimmed'} component="div">
        {row.item_label ?? row.name[locale]}
        {row.repeat_index > 0 && row.repeated_per !== 'accessories' && (
          <Badge ml={8} variant="default" radius="sm">
            {t(`repeated.${row.repeated_per ?? 'basins'}`, { n: row.repeat_index })}
          </Badge>
        )}
      </Text>
      {row.expectation && (
        <Text size="sm" c="dimmed">
          {t('expectation', { text: row.expectation[locale] })}
        </Text>
      )}
      {!row.is_applicable && (
        <Text size="sm" c="dimmed">
          {t('not_applicable_because', { rule: row.rule_words?.[locale] ?? row.rule })}
        </Text>
      )}
      {role && (
        <Text size="sm" c="dimmed">
          {t('documents', { count: form.order_files[role] ?? 0 })}
        </Text>
      )}
      {row.shows_plan_type && (
        <Text size="sm" c="dimmed" component="div">
          {t(`types.${row.shows_plan_type}`)}:{' '}
          {shown ? <ResultBadge result={shown.overall_result} /> : t('not_signed')}
        </Text>
      )}
      {row.from_task_code && row.measured_at_ms !== null && (
        <Text size="sm" c="dimmed">
          {t('from_task', {
            task: row.from_task_code,
            initials: row.measured_by_initials,
            at: formatInstant(row.measured_at_ms),
          })}
        </Text>
      )}
      {row.guide && <GuideButton guide={row.guide} />}
    </Stack>
  );
}
