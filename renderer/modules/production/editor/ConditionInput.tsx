import { Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import { useTexts } from '../../../ui/texts.ts';
import type { Draft } from './use-instruction.ts';

interface Props {
  label: string;
  value: string;
  for_each: Draft['for_each'];
  onChange: (value: string) => void;
}
/** A condition over the answers of a build, with its meaning in words while it is typed. */
export function ConditionInput({ label, value, for_each, onChange }: Props) {
  const t = useTexts('production');
  const { locale } = useMe();
  const [settled] = useDebouncedValue(value, 300);
  const { data } = useAsk(
    'production.checkCondition',
    { when: settled, for_each },
    { enabled: settled.trim() !== '', keepPrevious: true },
  );
  const words = data?.words?.[locale];
  const problem = data?.problem;
  return (
    <TextInput
      label={label}
      value={value}
      maxLength={1000}
      ff="monospace"
      error={problem ? t('editor.condition_problem', { problem }) : undefined}
      description={
        data && !problem ? (
          <Text size="xs" span role="status">
            {words ? t('editor.condition_words', { words }) : t('editor.condition_plain')}
          </Text>
        ) : undefined
      }
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onChange={event => onChange(event.currentTarget.value)}
    />
  );
}
