import { Alert, Box, Grid, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { OrderPage, ShownAnswer } from '../../../../preload/contract/orders.ts';
import { unitWords } from '../../../../preload/contract/product-model.ts';
import { useLocalized } from '../../../ui/localized.ts';
import { useTexts } from '../../../ui/texts.ts';
import { SinkDrawing } from './SinkDrawing.tsx';

/** A configuration to read: the drawing, then the answers by section and row. */
export function ConfigurationView({ page }: { page: OrderPage }) {
  const t = useTexts('orders');
  const words = useLocalized();
  const at = (path: string) => {
    const found = page.answers.find(answer => answer.path === path);
    return found ? words(found.value_label) : undefined;
  };
  const sections = new Map<string, ShownAnswer[]>();
  for (const answer of page.answers)
    sections.set(answer.section, [...(sections.get(answer.section) ?? []), answer]);
  const warnings = (page.evaluation?.verdicts ?? []).filter(
    ({ kind }) => kind === 'warning' || kind === 'error',
  );
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Stack>
          <Paper withBorder p="sm">
            <SinkDrawing
              configuration={page.configuration}
              arrangement="beside"
              title={t('screens.drawing')}
              unit={words(unitWords.in)}
              pegboardText={at('pegboard_color')}
              legsText={at('legs_model')}
            />
          </Paper>
          {warnings.length > 0 && (
            <Alert
              color="yellow"
              variant="outline"
              icon={<IconAlertTriangle aria-hidden />}
              styles={{ title: { color: 'var(--mantine-color-text)' } }}
              title={t('screens.warnings')}
            >
              {warnings.map(verdict => (
                <Text key={`${verdict.rule} ${verdict.path} ${verdict.message.en}`} size="sm">
                  {verdict.rule}: {words(verdict.message)}
                </Text>
              ))}
            </Alert>
          )}
          {page.order.notes && (
            <Paper withBorder p="sm">
              <Title order={2} size="h6">
                {t('screens.header.notes')}
              </Title>
              <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
                {page.order.notes}
              </Text>
            </Paper>
          )}
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <Stack gap="sm">
          {[...sections].map(([section, answers]) => (
            <Box key={section}>
              <Title order={2} size="h6">
                {answers[0] ? words(answers[0].section_label) : section}
              </Title>
              <Table verticalSpacing={2} withRowBorders={false}>
                <Table.Tbody>
                  {answers.map(answer => (
                    <Table.Tr key={answer.path}>
                      <Table.Th scope="row" fw={400} c="dimmed" w="45%">
                        {answer.row_label ? `${words(answer.row_label)} · ` : ''}
                        {words(answer.label)}
                      </Table.Th>
                      <Table.Td>{words(answer.value_label)}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Box>
          ))}
        </Stack>
      </Grid.Col>
    </Grid>
  );
}
