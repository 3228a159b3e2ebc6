import { Badge, Box, Group, Paper, ScrollArea, Stack, Text, Title } from '@mantine/core';
import { formatQuantity } from '../../../ui/formats.ts';
import { useLocalized } from '../../../ui/localized.ts';
import { useTexts } from '../../../ui/texts.ts';
import { causeText, type OrderForm } from './answers.ts';
import classes from './LivePanel.module.css';
import { linesAndRows } from './lines-and-rows.ts';
import type { Configurator } from './use-configurator.ts';
import { VerdictList } from './VerdictList.tsx';

interface LivePanelProps {
  form: OrderForm;
  configurator: Configurator;
  /** Brings the field of a check on screen when it stands on another step. */
  onShow?: (path: string) => void;
}

/** Beside the form: what the last answer did to the BOM, the lines as they stand, and the checks. */
export function LivePanel({ form, configurator, onShow }: LivePanelProps) {
  const t = useTexts('orders');
  const words = useLocalized();
  const { judged, changes } = configurator;
  if (!judged) return null;
  const { evaluation, bom } = judged;
  const lines = bom.rows.filter(row => row.parent_row_no === null);
  const added = new Set(changes.filter(({ change }) => change !== 'removed').map(({ row }) => row.item_id));
  const counts = { error: 0, missing: 0, warning: 0, info: 0 };
  for (const { kind } of evaluation.verdicts) counts[kind] += 1;
  return (
    <Stack gap="xs" h="100%" style={{ minHeight: 0 }}>
      <Paper withBorder p="xs" style={{ flex: '0 1 auto', maxHeight: '45%', overflow: 'auto' }}>
        <Group justify="space-between" mb={4}>
          <Title order={3} size="h6">
            {t('screens.checks')}
          </Title>
          <Group gap={4}>
            {counts.error > 0 && (
              <Badge size="sm" color="red" tt="none">
                {t('screens.n_errors', { count: counts.error })}
              </Badge>
            )}
            {counts.missing > 0 && (
              <Badge
                size="sm"
                color="gray"
                variant="light"
                styles={{ label: { color: 'var(--mantine-color-text)' } }}
                tt="none"
              >
                {t('screens.n_missing', { count: counts.missing })}
              </Badge>
            )}
            {counts.warning > 0 && (
              <Badge
                size="sm"
                color="yellow"
                variant="light"
                styles={{ label: { color: 'var(--mantine-color-text)' } }}
                tt="none"
              >
                {t('screens.n_warnings', { count: counts.warning })}
              </Badge>
            )}
          </Group>
        </Group>
        <VerdictList
          form={form}
          verdicts={evaluation.verdicts}
          onAnswer={configurator.answer}
          onShow={onShow && (({ path }) => onShow(path))}
        />
      </Paper>
      <Paper withBorder p="xs" style={{ flex: 1, minHeight: 160, display: 'flex', flexDirection: 'column' }}>
        <Group justify="space-between" mb={4}>
          <Title order={3} size="h6">
            {t('screens.bom')}
          </Title>
          <Text size="xs" c="dimmed" aria-live="polite">
            {linesAndRows(t, bom.totals)}
          </Text>
        </Group>
        {bom.refused && (
          <Text size="sm" c="red">
            {bom.refused.rule}: {words(bom.refused.message)}
          </Text>
        )}
        <ScrollArea viewportProps={{ tabIndex: 0 }} style={{ flex: 1 }} type="auto" offsetScrollbars>
          {changes.some(({ change }) => change === 'removed') && (
            <Box mb={4}>
              {changes
                .filter(({ change }) => change === 'removed')
                .map(({ row }) => (
                  <div key={row.item_id} className={classes.removed}>
                    <span>− {row.item_id}</span>
                  </div>
                ))}
            </Box>
          )}
          {lines.length === 0 && !bom.refused && (
            <Text size="sm" c="dimmed">
              {t('screens.bom_appears')}
            </Text>
          )}
          {lines.map(row => {
            const isNew = added.has(row.item_id);
            const cause = row.causes[0];
            return (
              <div key={row.item_id + (isNew ? ' new' : '')} className={isNew ? classes.added : classes.line}>
                <Group justify="space-between" wrap="nowrap" gap={4}>
                  <Text size="xs" fw={600} truncate title={row.name}>
                    {isNew ? '+ ' : ''}
                    {row.item_id}
                  </Text>
                  <Text size="xs" className={classes.quantity}>
                    {formatQuantity(row.total_quantity_e6)}
                  </Text>
                </Group>
                <Text size="xs" c="dimmed" lh={1.25} lineClamp={isNew ? 3 : 1} title={cause?.rule}>
                  {isNew && cause
                    ? t('screens.because', { cause: causeText(form, cause.answers, words) || cause.rule })
                    : row.name}
                </Text>
              </div>
            );
          })}
        </ScrollArea>
      </Paper>
    </Stack>
  );
}
