import { Group, Paper, Select, Stack, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useAsk } from '../../../rpc/hooks.ts';
import { formatInstant } from '../../../ui/formats.ts';
import { useTexts } from '../../../ui/texts.ts';
import { ChangedAnswers } from './ChangedAnswers.tsx';

/** Every configuration the build has had, and what changed between two of them. */
export function RevisionsPanel({ order_id }: { order_id: string }) {
  const t = useTexts('orders');
  const list = useAsk('orders.listRevisions', { order_id });
  const numbers = (list.data?.revisions ?? []).map(({ revision_no }) => revision_no).sort((a, b) => a - b);
  const last = numbers.at(-1) ?? 1;
  const [pair, setPair] = useState<{ from: number; to: number } | null>(null);
  const { from, to } = pair ?? { from: Math.max(1, last - 1), to: last };
  const difference = useAsk(
    'orders.diffRevisions',
    { order_id, from, to },
    { enabled: numbers.length > 1 && from !== to },
  );
  const choices = numbers.map(number => ({
    value: String(number),
    label: t('screens.revision', { number }),
  }));
  return (
    <Stack gap="sm">
      <Table verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('screens.revision_head')}</Table.Th>
            <Table.Th>{t('screens.when')}</Table.Th>
            <Table.Th>{t('screens.who')}</Table.Th>
            <Table.Th>{t('screens.reason')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {list.data?.revisions.map(revision => (
            <Table.Tr key={revision.revision_no}>
              <Table.Td>{revision.revision_no}</Table.Td>
              <Table.Td>{formatInstant(revision.revised_at_ms)}</Table.Td>
              <Table.Td>{revision.revised_by_name}</Table.Td>
              <Table.Td>{revision.reason ?? '—'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {numbers.length > 1 && (
        <Paper withBorder p="sm">
          <Group align="flex-end" mb="xs">
            <Title order={3} size="h6">
              {t('screens.revision_diff')}
            </Title>
            <Select
              size="xs"
              w={140}
              aria-label={t('screens.from')}
              data={choices}
              value={String(from)}
              allowDeselect={false}
              onChange={value => setPair({ from: Number(value), to })}
            />
            <Text size="sm">→</Text>
            <Select
              size="xs"
              w={140}
              aria-label={t('screens.to')}
              data={choices}
              value={String(to)}
              allowDeselect={false}
              onChange={value => setPair({ from, to: Number(value) })}
            />
          </Group>
          {difference.data && <ChangedAnswers changes={difference.data.answers} />}
        </Paper>
      )}
    </Stack>
  );
}
