import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import type { FormRow } from '../../../../preload/contract/inspection.ts';
import { useMe } from '../../../app/session.tsx';
import { formatQuantity, parseQuantity } from '../../../ui/formats.ts';
import { useTexts } from '../../../ui/texts.ts';
import { answerWords, expectedWords, limitWords } from './answer-words.ts';
import { LimitBand } from './LimitBand.tsx';
import type { FormHandle } from './use-form.ts';
import { useKeptText } from './use-kept-text.ts';

interface Props {
  row: FormRow;
  handle: FormHandle;
  isOpen: boolean;
}
const E6 = 1_000_000;

/** What is entered for a row, in the office: small keys, fields, lists. */
export function AnswerControl({ row, handle, isOpen }: Props) {
  const t = useTexts('quality');
  const { locale, initials } = useMe();
  if (!row.is_applicable) return <Text c="dimmed">{t('answers.NA')}</Text>;
  if (row.record_as === 'SIGNER_INITIALS')
    return <Text c="dimmed">{row.measured_text ?? t('by_signature', { initials })}</Text>;
  if (!isOpen)
    return (
      <Text fw={600} pt={4}>
        {answerWords(row, t, locale) || t('not_answered')}
      </Text>
    );
  const expected = expectedWords(row, t, locale);
  return (
    <Stack gap={4}>
      <Fields row={row} handle={handle} isOpen={isOpen} />
      {expected && (
        <Text size="xs" c="dimmed">
          {expected}
        </Text>
      )}
    </Stack>
  );
}

function Fields({ row, handle }: Props) {
  switch (row.data_type) {
    case 'BOOLEAN':
      return (
        <Stack gap={4}>
          <YesNoKeys row={row} handle={handle} isOpen />
          {row.unit !== null && !row.is_na && <NumberField row={row} handle={handle} isOpen />}
        </Stack>
      );
    case 'TEXT':
      return <TextField row={row} handle={handle} isOpen />;
    case 'NUMERIC':
      return <NumberField row={row} handle={handle} isOpen />;
    case 'CHOICE':
      return <ChoiceField row={row} handle={handle} isOpen />;
    case 'COUNT':
      return <CountField row={row} handle={handle} isOpen />;
  }
}

export interface AnswerKey {
  value: 'YES' | 'NO' | 'NA';
  key: '1' | '2' | '3';
}
export const answerKeys = (row: FormRow): AnswerKey[] => [
  { value: 'YES', key: '1' },
  { value: 'NO', key: '2' },
  ...(row.can_be_na ? ([{ value: 'NA', key: '3' }] as const) : []),
];
export const isChosen = (row: FormRow, value: AnswerKey['value']): boolean =>
  value === 'NA' ? row.is_na : !row.is_na && row.measured_text === value;
export const changeFor = (row: FormRow, value: AnswerKey['value']) =>
  value === 'NA'
    ? { is_na: true, measured_text: null, measured_value_e6: null, other_text: null }
    : { is_na: false, measured_text: value, measured_value_e6: row.measured_value_e6 };

function YesNoKeys({ row, handle }: Props) {
  const t = useTexts('quality');
  const prefix = row.test_type ? 'test_' : '';
  return (
    <Group gap={6} wrap="nowrap" role="group" aria-label={row.code}>
      {answerKeys(row).map(({ value, key }) => {
        const isOn = isChosen(row, value);
        return (
          <Button
            key={value}
            size="compact-md"
            variant={isOn ? 'filled' : 'default'}
            color={isOn && value === 'NO' && !row.is_informative ? 'red' : 'gray'}
            aria-pressed={isOn}
            aria-keyshortcuts={key}
            onClick={() => void handle.answer(row, changeFor(row, value))}
          >
            {t(value === 'NA' ? 'answers.NA' : `answers.${prefix}${value}`)}
          </Button>
        );
      })}
    </Group>
  );
}

export function TextField({ row, handle, size = 'sm' }: Props & { size?: 'sm' | 'xl' }) {
  const { locale } = useMe();
  const kept = useKeptText(row.measured_text ?? '', text => handle.answer(row, { measured_text: text }));
  return (
    <TextInput
      size={size}
      aria-label={row.name[locale]}
      maxLength={500}
      value={kept.text}
      onChange={event => kept.onChange(event.currentTarget.value)}
      onBlur={kept.flush}
    />
  );
}

export function NumberField({ row, handle, size = 'sm' }: Props & { size?: 'sm' | 'xl' }) {
  const t = useTexts('quality');
  const { locale } = useMe();
  const stored = row.measured_value_e6 === null ? '' : formatQuantity(row.measured_value_e6);
  const kept = useKeptText(stored, text => {
    const value_e6 = parseQuantity(text);
    if (text.trim() === '' || value_e6 !== undefined)
      return handle.answer(row, { measured_value_e6: value_e6 ?? null, is_na: false });
    return undefined;
  });
  const value_e6 = kept.text.trim() === '' ? undefined : parseQuantity(kept.text);
  const limits = limitWords(row, t);
  const isOutside =
    value_e6 !== undefined &&
    ((row.lower_limit_e6 !== null && value_e6 < row.lower_limit_e6) ||
      (row.upper_limit_e6 !== null && value_e6 > row.upper_limit_e6));
  const problem =
    kept.text.trim() !== '' && value_e6 === undefined
      ? t('not_a_number')
      : isOutside
        ? t('outside', { limits })
        : null;
  return (
    <Stack gap={4}>
      <TextInput
        size={size}
        inputMode="decimal"
        aria-label={`${row.name[locale]} ${row.unit ?? ''}`}
        description={limits}
        rightSection={<Text c="dimmed">{row.unit}</Text>}
        rightSectionWidth={48}
        error={problem}
        value={kept.text}
        onChange={event => kept.onChange(event.currentTarget.value)}
        onBlur={kept.flush}
      />
      <LimitBand row={row} value_e6={value_e6} />
    </Stack>
  );
}

function ChoiceField({ row, handle }: Props) {
  const t = useTexts('quality');
  const { locale } = useMe();
  const asksText = row.options.some(o => o.asks_text && o.code === row.measured_text);
  return (
    <Stack gap={4}>
      <NativeSelect
        aria-label={row.name[locale]}
        value={row.measured_text ?? ''}
        data={[
          { value: '', label: t('choose') },
          ...row.options.map(o => ({ value: o.code, label: o.label[locale] })),
        ]}
        onChange={event =>
          void handle.answer(row, { measured_text: event.currentTarget.value || null, other_text: null })
        }
      />
      {asksText && <OtherText row={row} handle={handle} isOpen />}
    </Stack>
  );
}
export function OtherText({ row, handle, size = 'sm' }: Props & { size?: 'sm' | 'xl' }) {
  const t = useTexts('quality');
  const kept = useKeptText(row.other_text ?? '', text => handle.answer(row, { other_text: text }));
  return (
    <TextInput
      size={size}
      aria-label={t('other_text')}
      placeholder={t('other_text')}
      error={kept.text.trim() === ''}
      maxLength={500}
      value={kept.text}
      onChange={event => kept.onChange(event.currentTarget.value)}
      onBlur={kept.flush}
    />
  );
}

function CountField({ row, handle }: Props) {
  const t = useTexts('quality');
  const required_e6 = Math.round(Number(row.expected_value ?? 0) * E6);
  const canMount = row.options.some(o => o.code === 'MOUNTED');
  const isMounted = row.measured_text === 'MOUNTED';
  const isPacked = !isMounted && row.measured_value_e6 === required_e6;
  return (
    <Group gap={6} wrap="nowrap" align="start">
      <Button
        size="compact-md"
        variant={isPacked ? 'filled' : 'default'}
        color="gray"
        aria-pressed={isPacked}
        aria-keyshortcuts="1"
        onClick={() => void handle.answer(row, { measured_text: null, measured_value_e6: required_e6 })}
      >
        {t('all_packed', { count: Number(row.expected_value ?? 0) })}
      </Button>
      {canMount && (
        <Button
          size="compact-md"
          variant={isMounted ? 'filled' : 'default'}
          color="gray"
          aria-pressed={isMounted}
          aria-keyshortcuts="2"
          onClick={() => void handle.answer(row, { measured_text: 'MOUNTED', measured_value_e6: null })}
        >
          {t('answers.MOUNTED')}
        </Button>
      )}
      {!isPacked && !isMounted && required_e6 > E6 && <NumberField row={row} handle={handle} isOpen />}
    </Group>
  );
}
