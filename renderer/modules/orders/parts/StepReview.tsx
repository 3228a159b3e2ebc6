import {
  Alert,
  Anchor,
  Badge,
  Box,
  Group,
  Paper,
  SimpleGrid,
  Stack,
  Table,
  Tabs,
  Text,
  Title,
} from '@mantine/core';
import type { DraftDocument, orders, Problem } from '../../../../preload/contract/orders.ts';
import { type Configuration, unitWords, type Verdict } from '../../../../preload/contract/product-model.ts';
import type { OutputOf } from '../../../../preload/contract/rpc.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import { formatQuantity } from '../../../ui/formats.ts';
import { useLocalized } from '../../../ui/localized.ts';
import { useTexts } from '../../../ui/texts.ts';
import { differingPaths, fieldAt, labelAt, type OrderForm, valueAt, valueLabel } from './answers.ts';
import { linesAndRows } from './lines-and-rows.ts';
import { problemText } from './problem-text.ts';
import { SinkDrawing } from './SinkDrawing.tsx';
import { VerdictList } from './VerdictList.tsx';

interface StepReviewProps {
  draft: DraftDocument;
  form: OrderForm;
  checked: OutputOf<typeof orders.checkDraft> | undefined;
  onGo: (step: number, build?: number) => void;
  onShow: (path: string, build: number) => void;
}

const isOpen = ({ kind }: Verdict) => kind === 'error' || kind === 'missing';

export function StepReview({ draft, form, checked, onGo, onShow }: StepReviewProps) {
  const t = useTexts('orders');
  const refusals = useTexts('refusals');
  const words = useLocalized();
  const { header } = draft;
  const problems = checked?.problems ?? [];
  const ofOrder = problems.filter(({ path }) => !path.includes('configuration'));
  return (
    <Stack gap="md">
      {draft.builds.map((build, index) => (
        <OpenAnswers
          key={build.build_number || String(index)}
          build_number={build.build_number}
          form={form}
          verdicts={checked?.builds[index]?.evaluation.verdicts.filter(isOpen) ?? []}
          onShow={path => onShow(path, index)}
        />
      ))}
      <ProblemAlert problems={ofOrder} text={problem => problemText(refusals, problem)} onGo={onGo} />
      <Paper withBorder p="sm">
        <Group justify="space-between">
          <Title order={3} size="h6">
            {t('screens.steps.1')}
          </Title>
          <Anchor component="button" type="button" size="sm" onClick={() => onGo(1)}>
            {t('screens.edit')}
          </Anchor>
        </Group>
        <SimpleGrid cols={{ base: 2, md: 3, lg: 6 }} spacing="xs" mt={4}>
          {(['order_number', 'customer_name', 'project_name', 'sales_person', 'want_on'] as const).map(
            name => (
              <Fact key={name} label={t(`screens.header.${name}`)} value={header[name] || '—'} />
            ),
          )}
          <Fact
            label={t('screens.header.document_language')}
            value={t(`screens.languages.${header.document_language}`)}
          />
        </SimpleGrid>
        {header.notes && (
          <Text size="sm" mt="xs" style={{ whiteSpace: 'pre-wrap' }}>
            {header.notes}
          </Text>
        )}
      </Paper>
      <Differences draft={draft} form={form} checked={checked} />
      <Tabs defaultValue="0" keepMounted={false}>
        <Tabs.List>
          {draft.builds.map((build, index) => {
            const evaluation = checked?.builds[index]?.evaluation;
            return (
              <Tabs.Tab key={build.build_number || String(index)} value={String(index)}>
                {build.build_number || index + 1} {evaluation ? (evaluation.submittable ? '✓' : '✕') : ''}
              </Tabs.Tab>
            );
          })}
        </Tabs.List>
        {draft.builds.map((build, index) => (
          <Tabs.Panel key={build.build_number || String(index)} value={String(index)} pt="sm">
            <BuildReview draft={draft} index={index} form={form} onGo={onGo} onShow={onShow} words={words} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Stack>
  );
}

/** What keeps a build from being submitted; each line leads to its field. */
function OpenAnswers({
  build_number,
  form,
  verdicts,
  onShow,
}: {
  build_number: string;
  form: OrderForm;
  verdicts: Verdict[];
  onShow: (path: string) => void;
}) {
  const t = useTexts('orders');
  if (verdicts.length === 0) return null;
  return (
    <Alert
      variant="outline"
      color="red"
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
      title={t('screens.build_incomplete', { build: build_number })}
    >
      <VerdictList form={form} verdicts={verdicts} onShow={({ path }) => onShow(path)} />
    </Alert>
  );
}

function ProblemAlert({
  problems,
  text,
  onGo,
}: {
  problems: Problem[];
  text: (problem: Problem) => string;
  onGo: StepReviewProps['onGo'];
}) {
  const t = useTexts('orders');
  if (problems.length === 0) return null;
  const hasErrors = problems.some(({ kind }) => kind === 'error');
  return (
    <Alert
      variant="outline"
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
      color={hasErrors ? 'red' : 'yellow'}
      title={t(hasErrors ? 'screens.not_submittable' : 'screens.warnings')}
    >
      {problems.map(problem => (
        <Text key={`${problem.path} ${problem.code}`} size="sm">
          <Anchor
            component="button"
            type="button"
            size="sm"
            c="inherit"
            onClick={() =>
              onGo(problem.path.startsWith('header') ? 1 : problem.path.startsWith('files') ? 1 : 2)
            }
          >
            {text(problem)}
          </Anchor>
        </Text>
      ))}
    </Alert>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <Box style={{ minWidth: 0 }}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {value}
      </Text>
    </Box>
  );
}

/** Only the answers in which the builds differ, one column a build. */
function Differences({ draft, form, checked }: Omit<StepReviewProps, 'onGo' | 'onShow'>) {
  const t = useTexts('orders');
  const words = useLocalized();
  if (draft.builds.length < 2 || !checked) return null;
  const configurations: Configuration[] = checked.builds.map(({ evaluation }) => evaluation.normalized);
  const paths = differingPaths(configurations);
  return (
    <Paper withBorder p="sm">
      <Title order={3} size="h6" mb={4}>
        {t('screens.differences')}
      </Title>
      {paths.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('screens.no_differences')}
        </Text>
      ) : (
        <Box
          style={{ overflowX: 'auto', maxHeight: 260 }}
          tabIndex={0}
          role="group"
          aria-label={t('screens.differences')}
        >
          <Table verticalSpacing={2} stickyHeader>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('screens.answer')}</Table.Th>
                {draft.builds.map(({ build_number }, index) => (
                  <Table.Th key={build_number || String(index)}>{build_number || index + 1}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {paths.map(path => (
                <Table.Tr key={path}>
                  <Table.Td c="dimmed">{labelAt(form, path, words)}</Table.Td>
                  {configurations.map((configuration, index) => (
                    <Table.Td key={draft.builds[index]?.build_number || String(index)}>
                      {valueLabel(fieldAt(form, path), valueAt(configuration, path), words)}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Box>
      )}
    </Paper>
  );
}

function BuildReview({
  draft,
  index,
  form,
  onGo,
  onShow,
  words,
}: Pick<StepReviewProps, 'draft' | 'form' | 'onGo' | 'onShow'> & {
  index: number;
  words: ReturnType<typeof useLocalized>;
}) {
  const t = useTexts('orders');
  const build = draft.builds[index];
  const { document_language, want_on } = draft.header;
  const judged = useAsk('orders.evaluate', {
    family: draft.family,
    configuration: build?.configuration ?? {},
    header: { document_language, want_on },
  });
  if (!judged.data) return null;
  const { evaluation, bom } = judged.data;
  const remarks = evaluation.verdicts.filter(verdict => !isOpen(verdict));
  const lines = bom.rows.filter(row => row.parent_row_no === null);
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <Stack gap="xs">
        <SinkDrawing
          configuration={evaluation.normalized}
          arrangement="beside"
          title={t('screens.drawing')}
          unit={words(unitWords.in)}
        />
        {remarks.length > 0 && (
          <VerdictList form={form} verdicts={remarks} onShow={({ path }) => onShow(path, index)} />
        )}
        <Group>
          <Anchor component="button" type="button" size="sm" onClick={() => onGo(3, index)}>
            {t('screens.edit_configuration')}
          </Anchor>
          <Anchor component="button" type="button" size="sm" onClick={() => onGo(4, index)}>
            {t('screens.edit_accessories')}
          </Anchor>
        </Group>
      </Stack>
      <Paper withBorder p="xs">
        <Group justify="space-between">
          <Title order={3} size="h6">
            {t('screens.preliminary_bom')}
          </Title>
          <Badge variant="light" tt="none">
            {linesAndRows(t, bom.totals)}
          </Badge>
        </Group>
        {bom.refused && (
          <Text size="sm" c="red">
            {bom.refused.rule}: {words(bom.refused.message)}
          </Text>
        )}
        <Table verticalSpacing={1} fz="xs">
          <Table.Tbody>
            {lines.map(row => (
              <Table.Tr key={row.row_no}>
                <Table.Td fw={600}>{row.item_id}</Table.Td>
                <Table.Td>{row.name}</Table.Td>
                <Table.Td ta="right" style={{ fontVariantNumeric: 'tabular-nums' }}>
                  {formatQuantity(row.total_quantity_e6)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Paper>
    </SimpleGrid>
  );
}
