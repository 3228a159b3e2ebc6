import { Checkbox, Group, Radio, Select, Stack, Text, TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import {
  type FieldState,
  type ModelField,
  type Scalar,
  unitWords,
} from '../../../../preload/contract/product-model.ts';
import { useLocalized } from '../../../ui/localized.ts';
import { NumberField } from '../../../ui/NumberField.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { PEGBOARD_FILL } from './sink-marks.tsx';

interface FieldInputProps {
  field: ModelField;
  path: string;
  value: Scalar;
  state: FieldState | undefined;
  error: string | undefined;
  onAnswer: (path: string, value: Scalar) => void;
  /** Rows of a group are narrow: many options go into a list. */
  isCompact?: boolean;
}

const RADIO_LIMIT = 8;
const COMPACT_RADIO_LIMIT = 2;

/** One question of a product model. What cannot be chosen stays visible with its reason. */
export function FieldInput(props: FieldInputProps) {
  const { field, path, value, state, error, onAnswer, isCompact } = props;
  const words = useLocalized();
  const t = useTexts('orders');
  const label = words(field.label);
  const isRequired = state?.required ?? false;
  const reasonOf = (option: string | number | boolean) => {
    const found = state?.options?.find(entry => entry.value === option);
    return found?.available === false && found.reason ? words(found.reason) : null;
  };
  const by = state?.auto ? <AutoMark rule={state.auto} /> : undefined;

  if (field.kind === 'boolean') {
    const reason = reasonOf(true);
    return (
      <Checkbox
        label={label}
        description={reason}
        checked={value === true}
        disabled={reason !== null && value !== true}
        error={error}
        onChange={event => onAnswer(path, event.currentTarget.checked)}
      />
    );
  }
  if (field.kind === 'integer') {
    return <IntegerInput {...props} label={label} isRequired={isRequired} by={by} />;
  }
  if (field.kind === 'choice' && field.options.length <= (isCompact ? COMPACT_RADIO_LIMIT : RADIO_LIMIT)) {
    const byText = new Map(field.options.map(option => [String(option.value), option.value]));
    return (
      <Radio.Group
        label={label}
        withAsterisk={isRequired}
        value={value === null ? null : String(value)}
        error={error}
        onChange={text => onAnswer(path, byText.get(text) ?? null)}
      >
        <Group gap="xs" mt={2}>
          {field.options.map(option => {
            const reason = reasonOf(option.value);
            const swatch = field.name.endsWith('_color') ? PEGBOARD_FILL[String(option.value)] : undefined;
            return (
              <Radio.Card
                key={String(option.value)}
                value={String(option.value)}
                disabled={reason !== null && value !== option.value}
                w="auto"
                px={8}
                py={4}
                radius="sm"
                style={reason ? { borderStyle: 'dashed' } : undefined}
              >
                <Group gap={6} wrap="nowrap">
                  <Radio.Indicator size="xs" disabled={reason !== null} />
                  {swatch && (
                    <span
                      aria-hidden
                      style={{
                        width: 12,
                        height: 12,
                        background: swatch,
                        border: '1px solid #888',
                        borderRadius: 2,
                      }}
                    />
                  )}
                  <Stack gap={0}>
                    <Text size="sm" c={reason ? 'dimmed' : undefined}>
                      {words(option.label)}
                    </Text>
                    {reason && (
                      <Text size="xs" c="dimmed" maw={180} lh={1.2}>
                        {reason}
                      </Text>
                    )}
                  </Stack>
                </Group>
              </Radio.Card>
            );
          })}
        </Group>
        {by}
      </Radio.Group>
    );
  }
  if (field.kind === 'choice') {
    const byText = new Map(field.options.map(option => [String(option.value), option.value]));
    return (
      <Select
        label={label}
        description={by}
        withAsterisk={isRequired}
        error={error}
        placeholder={t('screens.choose')}
        value={value === null ? null : String(value)}
        clearable={!isRequired}
        allowDeselect={!isRequired}
        data={field.options.map(option => ({
          value: String(option.value),
          label: words(option.label),
          disabled: reasonOf(option.value) !== null && value !== option.value,
        }))}
        renderOption={({ option }) => {
          const reason = reasonOf(byText.get(option.value) ?? '');
          return (
            <Stack gap={0}>
              <Text size="sm">{option.label}</Text>
              {reason && <Text size="xs">{reason}</Text>}
            </Stack>
          );
        }}
        onChange={text => onAnswer(path, text === null ? null : (byText.get(text) ?? null))}
      />
    );
  }
  return (
    <TextInput
      label={label}
      withAsterisk={isRequired}
      error={error}
      value={value === null ? '' : String(value)}
      onChange={event => onAnswer(path, event.currentTarget.value || null)}
    />
  );
}

function AutoMark({ rule }: { rule: string }) {
  const t = useTexts('orders');
  return (
    <Text component="span" size="xs" c="teal">
      {t(`screens.auto.${rule}`, { rule, defaultValue: t('screens.auto.other', { rule }) })}
    </Text>
  );
}

const isFraction = (typed: string | number) => typed !== '' && !Number.isInteger(Number(typed));

function IntegerInput({
  field,
  path,
  value,
  error,
  onAnswer,
  label,
  isRequired,
  by,
}: FieldInputProps & { label: string; isRequired: boolean; by: ReactNode }) {
  const words = useLocalized();
  const t = useTexts('orders');
  const [typed, setTyped] = useState<string | number>(typeof value === 'number' ? value : '');
  // The rules may set the number (a fix, a copied build); what is being typed wins over an equal value.
  // A fraction is no answer, but it stays in its field with the reason.
  useEffect(
    () => setTyped(before => (typeof value === 'number' ? value : isFraction(before) ? before : '')),
    [value],
  );
  const unit = field.unit ? ` ${words(unitWords[field.unit])}` : '';
  const range =
    field.min !== undefined && field.max !== undefined ? `${field.min}–${field.max}${unit}` : undefined;
  return (
    <NumberField
      label={label}
      description={by ?? (range && field.max !== 999 && field.max !== 1000 ? range : undefined)}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      withAsterisk={isRequired}
      error={isFraction(typed) ? t('screens.whole_number') : error}
      value={typed}
      allowNegative={false}
      clampBehavior="none"
      max={1_000_000}
      suffix={unit}
      onChange={next => {
        setTyped(next);
        const number = next === '' ? null : Number(next);
        if (number === null || Number.isSafeInteger(number)) onAnswer(path, number);
        else if (isFraction(number)) onAnswer(path, null);
      }}
      w={165}
    />
  );
}
