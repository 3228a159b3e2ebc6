import { Button, Group, Stack, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconCircleDashed, IconInfoCircle, IconX } from '@tabler/icons-react';
import type { Verdict } from '../../../../preload/contract/product-model.ts';
import { useLocalized } from '../../../ui/localized.ts';
import { useTexts } from '../../../ui/texts.ts';
import { type AnswerValue, labelAt, type OrderForm } from './answers.ts';
import { focusAnswer } from './focus-answer.ts';

const RANK = { error: 0, warning: 1, info: 2, missing: 3 } as const;
const MARK = {
  error: { Icon: IconX, color: 'red' },
  warning: { Icon: IconAlertTriangle, color: 'yellow' },
  info: { Icon: IconInfoCircle, color: 'blue' },
  missing: { Icon: IconCircleDashed, color: 'gray' },
} as const;

interface VerdictListProps {
  form: OrderForm;
  verdicts: readonly Verdict[];
  onAnswer?: (path: string, value: AnswerValue) => void;
  /** Where a verdict leads; by default to its field on this page. */
  onShow?: (verdict: Verdict) => void;
}

/** What the rules say, worst first, each with its rule, its field and the repair the rule proposes. */
export function VerdictList({ form, verdicts, onAnswer, onShow }: VerdictListProps) {
  const t = useTexts('orders');
  const words = useLocalized();
  const sorted = [...verdicts].sort((a, b) => RANK[a.kind] - RANK[b.kind]);
  if (sorted.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('screens.no_verdicts')}
      </Text>
    );
  }
  return (
    <Stack gap={6} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
      {sorted.map(verdict => {
        const { Icon, color } = MARK[verdict.kind];
        const { fix } = verdict;
        return (
          <Group
            component="li"
            key={`${verdict.rule} ${verdict.path} ${verdict.message.en}`}
            gap={6}
            wrap="nowrap"
            align="flex-start"
          >
            <Icon
              size={16}
              color={`var(--mantine-color-${color}-filled)`}
              aria-hidden
              style={{ flexShrink: 0, marginTop: 2 }}
            />
            <UnstyledButton
              style={{ flex: 1, minWidth: 0 }}
              onClick={() => (onShow ? onShow(verdict) : focusAnswer(verdict.path))}
            >
              <Text size="sm" lh={1.3}>
                <VisuallyHidden>{t(`screens.kinds.${verdict.kind}`)}: </VisuallyHidden>
                {words(verdict.message)}
              </Text>
              <Text size="xs" c="dimmed" truncate>
                {[
                  verdict.rule === 'REQUIRED' ? '' : verdict.rule,
                  (verdict.kind !== 'missing' || verdict.path.includes('[')) &&
                    verdict.path &&
                    labelAt(form, verdict.path, words),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </Text>
            </UnstyledButton>
            {fix && onAnswer && (
              <Button
                size="compact-xs"
                variant="light"
                aria-label={t('screens.fix_named', { rule: verdict.rule })}
                onClick={() => {
                  for (const entry of fix) onAnswer(entry.path, entry.value);
                }}
              >
                {t('screens.fix')}
              </Button>
            )}
          </Group>
        );
      })}
    </Stack>
  );
}
