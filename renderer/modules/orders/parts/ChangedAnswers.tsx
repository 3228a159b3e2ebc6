import { Table, Text } from '@mantine/core';
import type { LabelledChange } from '../../../../preload/contract/bom.ts';
import { useLocalized } from '../../../ui/localized.ts';
import { useTexts } from '../../../ui/texts.ts';

export function ChangedAnswers({ changes }: { changes: readonly LabelledChange[] }) {
  const t = useTexts('orders');
  const words = useLocalized();
  if (changes.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('screens.no_answer_changed')}
      </Text>
    );
  }
  return (
    <Table verticalSpacing={3}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('screens.answer')}</Table.Th>
          <Table.Th>{t('screens.before')}</Table.Th>
          <Table.Th>{t('screens.after')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changes.map(change => (
          <Table.Tr key={change.path}>
            <Table.Td>{words(change.label)}</Table.Td>
            <Table.Td c="dimmed">{words(change.from_label)}</Table.Td>
            <Table.Td>{words(change.to_label)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
