import { Badge, Group, Paper, ScrollArea, Stack, Text, Title } from '@mantine/core';
import { IconCheck, IconCircleDashed, IconMinus } from '@tabler/icons-react';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import type { InputAt, OutputAt } from '../../../rpc/paths.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import type { OrderForm } from '../../orders/parts/answers.ts';
import type { Configurator } from '../../orders/parts/use-configurator.ts';
import { VerdictList } from '../../orders/parts/VerdictList.tsx';

type Tried = OutputAt<'production.tryInstructions'>['instructions'][number];
interface Props extends InputAt<'production.tryInstructions'> {
  form: OrderForm;
  configurator: Configurator;
}
/** Beside the answers: what the rules say of them, and every instruction with why it applies or not. */
export function TrialPanel({ form, configurator, example, draft_id }: Props) {
  const t = useTexts('production');
  const checks = useTexts('orders');
  const { data, error } = useAsk('production.tryInstructions', { example, draft_id }, { keepPrevious: true });
  const verdicts = configurator.judged?.evaluation.verdicts ?? [];
  return (
    <Stack gap="xs" h="100%" style={{ minHeight: 0, flex: 1 }}>
      {verdicts.length > 0 && (
        <Paper withBorder p="xs" style={{ maxHeight: '35%', overflow: 'auto', flexShrink: 0 }}>
          <Title order={2} size="h6" mb={4}>
            {checks('screens.checks')}
          </Title>
          <VerdictList form={form} verdicts={verdicts} onAnswer={configurator.answer} />
        </Paper>
      )}
      <RefusalNotice failure={error} />
      <Paper withBorder p="xs" style={{ flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column' }}>
        <Group justify="space-between" mb={4} wrap="nowrap">
          <Title order={2} size="h6">
            {t('instructions')}
          </Title>
          <Text size="xs" c="dimmed" aria-live="polite">
            {data && t('trial.totals', { count: data.tasks, minutes: data.minutes })}
          </Text>
        </Group>
        <ScrollArea viewportProps={{ tabIndex: 0 }} style={{ flex: 1 }} type="auto" offsetScrollbars>
          <Stack component="ul" gap={6} m={0} p={0} style={{ listStyle: 'none' }}>
            {(data?.instructions ?? []).map(one => (
              <TriedInstruction key={one.instruction_id} tried={one} />
            ))}
          </Stack>
        </ScrollArea>
      </Paper>
    </Stack>
  );
}

const MARKS = {
  applies: { Icon: IconCheck, color: 'var(--mantine-color-teal-filled)' },
  left_out: { Icon: IconMinus, color: 'var(--mantine-color-dimmed)' },
  undecided: { Icon: IconCircleDashed, color: 'var(--mantine-color-orange-filled)' },
} as const;
function TriedInstruction({ tried }: { tried: Tried }) {
  const t = useTexts('production');
  const { locale } = useMe();
  const { Icon, color } = MARKS[tried.outcome];
  const condition = tried.applies_when_words?.[locale] ?? tried.applies_when;
  const applies = tried.outcome === 'applies';
  return (
    <Group
      component="li"
      gap={6}
      wrap="nowrap"
      align="flex-start"
      aria-label={`${tried.instruction_code} ${t(`trial.outcomes.${tried.outcome}`)}`}
    >
      <Icon size={16} color={color} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
      <div style={{ minWidth: 0, flex: 1 }}>
        <Text size="sm" lh={1.3} c={applies ? undefined : 'dimmed'}>
          <b>{tried.instruction_code}</b> {tried.title[locale] || tried.title.en}{' '}
          {tried.is_draft && (
            <Badge size="xs" variant="outline" color="gray">
              {`${t('statuses.DRAFT')} ${tried.instruction_version}`}
            </Badge>
          )}
        </Text>
        <Text size="xs" c="dimmed">
          {applies
            ? t('trial.counts', {
                tasks: tried.task_codes.length,
                steps: tried.steps,
                minutes: tried.minutes,
              })
            : `${t(`trial.outcomes.${tried.outcome}`)} · ${tried.problem ?? condition}`}
        </Text>
      </div>
    </Group>
  );
}
