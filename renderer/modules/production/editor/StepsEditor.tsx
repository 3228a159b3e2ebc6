import { ActionIcon, Button, Group, Paper, Stack, Text, Textarea } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { NumberField } from '../../../ui/NumberField.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { PictureEditor } from './PictureEditor.tsx';
import { type InstructionState, type KeyedStep, newStep } from './use-instruction.ts';

type Language = 'en' | 'fr' | 'es';
/** The steps in their order, each with its words, safety note, minutes and picture. */
export function StepsEditor({ state, language }: { state: InstructionState; language: Language }) {
  const t = useTexts('production');
  const { steps, changeSteps } = state;
  // A picture arrives later: what was written meanwhile stays.
  const patch = (key: string, change: Partial<KeyedStep>) =>
    changeSteps(held => held.map(step => (step.key === key ? { ...step, ...change } : step)));
  const move = (at: number, by: -1 | 1) => {
    const step = steps[at];
    if (step) changeSteps(held => held.toSpliced(at, 1).toSpliced(at + by, 0, step));
  };
  return (
    <Stack gap="sm">
      {steps.map((step, at) => {
        const number = at + 1;
        return (
          <Paper key={step.key} withBorder p="sm" role="group" aria-label={t('editor.step', { number })}>
            <Group justify="space-between" mb="xs">
              <Text fw={600}>{t('editor.step', { number })}</Text>
              <Group gap={4}>
                <ActionIcon
                  variant="subtle"
                  disabled={at === 0}
                  aria-label={t('editor.up', { number })}
                  onClick={() => move(at, -1)}
                >
                  <IconArrowUp size={16} aria-hidden />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  disabled={number === steps.length}
                  aria-label={t('editor.down', { number })}
                  onClick={() => move(at, 1)}
                >
                  <IconArrowDown size={16} aria-hidden />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  aria-label={t('editor.remove_step', { number })}
                  onClick={() => changeSteps(held => held.toSpliced(at, 1))}
                >
                  <IconTrash size={16} aria-hidden />
                </ActionIcon>
              </Group>
            </Group>
            <Stack gap="xs">
              <Textarea
                label={t('description')}
                autosize
                minRows={2}
                value={step.description[language]}
                onChange={event =>
                  patch(step.key, {
                    description: { ...step.description, [language]: event.currentTarget.value },
                  })
                }
              />
              <Textarea
                label={t('safety')}
                autosize
                value={step.safety_notes?.[language] ?? ''}
                onChange={event =>
                  patch(step.key, {
                    safety_notes: noteOf(step.safety_notes, language, event.currentTarget.value),
                  })
                }
              />
              <NumberField
                label={t('minutes')}
                w={120}
                min={0}
                max={10_000}
                allowDecimal={false}
                value={step.estimated_minutes}
                onChange={value => patch(step.key, { estimated_minutes: Number(value) || 0 })}
              />
              <PictureEditor step={step} number={number} onChange={change => patch(step.key, change)} />
            </Stack>
          </Paper>
        );
      })}
      <Group>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => changeSteps(held => [...held, newStep()])}
        >
          {t('editor.add_step')}
        </Button>
      </Group>
    </Stack>
  );
}

/** No words in any language: no note. */
function noteOf(
  held: KeyedStep['safety_notes'],
  language: Language,
  text: string,
): KeyedStep['safety_notes'] {
  const note = { en: '', fr: '', es: '', ...held, [language]: text };
  return Object.values(note).every(words => words.trim() === '') ? null : note;
}
