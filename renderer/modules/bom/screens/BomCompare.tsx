import { Badge, Box, Button, Group, Paper, Stack, Switch, Table, Text, Title } from '@mantine/core';
import { IconMinus, IconPencil, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useParams } from 'react-router';
import type { BomDifference, BomHeader, LabelledChange } from '../../../../preload/contract/bom.ts';
import { failureFrom } from '../../../rpc/client.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import { formatQuantity } from '../../../ui/formats.ts';
import { useLocalized } from '../../../ui/localized.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { ChangedAnswers } from '../../orders/parts/ChangedAnswers.tsx';
import { topDifferences } from '../parts/bom-rows.ts';

const MARK = {
  added: { Icon: IconPlus, color: 'teal' },
  removed: { Icon: IconMinus, color: 'red' },
  changed: { Icon: IconPencil, color: 'blue' },
} as const;

/** The lines are what a comparison is for; many answers must not push them off the screen. */
const FIRST_ANSWERS = 5;

/** Two BOMs: what came, went and changed, each with the answer behind it. Unchanged lines are not shown. */
export default function BomCompare() {
  const t = useTexts('bom');
  const { a = '', b = '' } = useParams();
  const [isDeep, setDeep] = useState(false);
  const [isAllAnswers, setAllAnswers] = useState(false);
  const found = useAsk('bom.compare', { a, b });
  if (found.error) return <RefusalNotice failure={failureFrom(found.error)} />;
  if (!found.data || found.isPlaceholderData) return null;
  const { differences, counts, answers } = found.data;
  const shown = isDeep ? differences : topDifferences(differences);
  const name = (header: BomHeader) =>
    `${header.order_number} / ${header.build_number} ${t('screens.version_n', { version: header.bom_version })}`;
  return (
    <Stack gap="sm" h="100%" style={{ minHeight: 0 }}>
      <PageHeader
        title={t('screens.compare')}
        crumbs={[
          { label: t('screens.boms'), to: '/boms' },
          { label: found.data.b.build_number, to: `/orders/${found.data.b.order_id}?tab=bom` },
        ]}
        status={
          <Group gap={4}>
            <Text size="sm" c="dimmed">{`${name(found.data.a)} → ${name(found.data.b)}`}</Text>
            {(['added', 'removed', 'changed'] as const).map(change => (
              <Badge
                key={change}
                variant="light"
                tt="none"
                color={MARK[change].color}
                styles={{ label: { color: 'var(--mantine-color-text)' } }}
              >
                {t(`screens.n_${change}`, { count: counts[change] })}
              </Badge>
            ))}
          </Group>
        }
      />
      <Box style={{ flex: 1, minHeight: 0, overflow: 'auto' }}>
        <Stack gap="sm">
          <Paper withBorder p="sm">
            <Title order={2} size="h6" mb={4}>
              {t('screens.answers_changed')}
            </Title>
            <ChangedAnswers changes={isAllAnswers ? answers : answers.slice(0, FIRST_ANSWERS)} />
            {answers.length > FIRST_ANSWERS && (
              <Button
                size="compact-sm"
                variant="subtle"
                mt={4}
                aria-expanded={isAllAnswers}
                onClick={() => setAllAnswers(!isAllAnswers)}
              >
                {isAllAnswers
                  ? t('screens.fewer_answers')
                  : t('screens.all_answers', { count: answers.length - FIRST_ANSWERS })}
              </Button>
            )}
          </Paper>
          <Group justify="space-between">
            <Title order={2} size="h6">
              {t('screens.lines_changed')}
            </Title>
            <Switch
              size="xs"
              label={t('screens.with_components')}
              checked={isDeep}
              onChange={event => setDeep(event.currentTarget.checked)}
            />
          </Group>
          {shown.length === 0 ? (
            <Text c="dimmed">{t('screens.no_difference')}</Text>
          ) : (
            <Table verticalSpacing={4} stickyHeader>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th w={120}>{t('screens.change')}</Table.Th>
                  <Table.Th>{t('screens.columns.item_id')}</Table.Th>
                  <Table.Th ta="right" w={90}>
                    {t('screens.before')}
                  </Table.Th>
                  <Table.Th ta="right" w={90}>
                    {t('screens.after')}
                  </Table.Th>
                  <Table.Th>{t('screens.cause')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {shown.map(difference => (
                  <DifferenceRow
                    key={`${difference.change} ${difference.path.join('/')}`}
                    difference={difference}
                    answers={answers}
                  />
                ))}
              </Table.Tbody>
            </Table>
          )}
        </Stack>
      </Box>
    </Stack>
  );
}

function DifferenceRow({
  difference,
  answers,
}: {
  difference: BomDifference;
  answers: readonly LabelledChange[];
}) {
  const t = useTexts('bom');
  const words = useLocalized();
  const { Icon, color } = MARK[difference.change];
  const causes = difference.causes.map(cause => {
    const changes = cause.changes.map(change => {
      const known = answers.find(({ path }) => path === change.path);
      return known
        ? `${words(known.label)}: ${words(known.from_label)} → ${words(known.to_label)}`
        : `${change.path}: ${change.from} → ${change.to}`;
    });
    return { rule: cause.rule, text: changes.join(', ') };
  });
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap={4} wrap="nowrap">
          <Icon size={14} color={`var(--mantine-color-${color}-filled)`} aria-hidden />
          <Text size="sm">{t(`screens.${difference.change}`)}</Text>
        </Group>
      </Table.Td>
      <Table.Td>
        <Text size="sm" fw={600}>
          {difference.item_id}
        </Text>
        <Text size="xs" c="dimmed">
          {difference.path.length > 1 ? difference.path.slice(0, -1).join(' › ') : difference.name}
        </Text>
      </Table.Td>
      <Table.Td ta="right">
        {difference.before ? formatQuantity(difference.before.total_quantity_e6) : '—'}
      </Table.Td>
      <Table.Td ta="right">
        {difference.after ? formatQuantity(difference.after.total_quantity_e6) : '—'}
      </Table.Td>
      <Table.Td>
        {causes.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('screens.no_cause')}
          </Text>
        )}
        {causes.map(cause => (
          <Text key={cause.rule} size="sm">
            {cause.text || cause.rule}{' '}
            <Text span size="xs" c="dimmed">
              {cause.rule}
            </Text>
          </Text>
        ))}
      </Table.Td>
    </Table.Tr>
  );
}
