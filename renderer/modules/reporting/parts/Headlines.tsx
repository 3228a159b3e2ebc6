import { Group, Paper, Text } from '@mantine/core';
import type { OutputAt } from '../../../rpc/paths.ts';
import { useTexts } from '../../../ui/texts.ts';
import { useReportWords } from './use-report-words.ts';

const DAYS_DECIMALS = 1;
/** Numbers first. */
export function Headlines({ headlines }: Pick<OutputAt<'reporting.report'>, 'headlines'>) {
  const t = useTexts('reporting');
  const words = useReportWords();
  return (
    <Group gap="xs" grow align="stretch">
      {headlines.map(({ key, kind, value }) => (
        <Paper key={key} withBorder px="sm" py={6}>
          <Text size="xl" fw={700} lh={1.2} style={{ fontVariantNumeric: 'tabular-nums' }}>
            {value === null
              ? t('reports.no_value')
              : words.cell(value, { kind, words: null, decimals: DAYS_DECIMALS })}
          </Text>
          <Text size="xs" c="dimmed">
            {t(`reports.headlines.${key}`)}
          </Text>
        </Paper>
      ))}
    </Group>
  );
}
