import { Button, Code, Group, Stack, Table, Text } from '@mantine/core';
import { useMe } from '../../../app/session.tsx';
import { formatInstant } from '../../../ui/formats.ts';
import { useTexts } from '../../../ui/texts.ts';
import type { AuditRow } from './AuditRows.tsx';
import { useFieldWords } from './field-words.ts';

const plain = (value: unknown): string =>
  value === null || value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value);

/** Instants are stored as milliseconds; people read dates. */
const shown = (field: string, value: unknown, zone: string): string =>
  typeof value === 'number' && field.endsWith('_at_ms')
    ? formatInstant(value, zone, { withSeconds: true })
    : plain(value);

/** Old and new value of every changed field, why, and where the row stands in the chain. */
export function AuditDetail({ row, onEntity }: { row: AuditRow; onEntity?: (row: AuditRow) => void }) {
  const t = useTexts('infrastructure');
  const word = useFieldWords();
  const { timezone } = useMe();
  const changes = Object.entries(row.changes_diff ?? {});
  return (
    <Stack gap="xs" pl="lg" pb="xs">
      {row.reason && (
        <Text size="sm">
          <b>{t('audit.reason')}</b> {row.reason}
        </Text>
      )}
      {changes.length > 0 && (
        <Table verticalSpacing={2} withTableBorder maw={900}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={220}>{t('audit.field')}</Table.Th>
              <Table.Th>{t('audit.old')}</Table.Th>
              <Table.Th>{t('audit.new')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {changes.map(([field, [before, after]]) => (
              <Table.Tr key={field}>
                <Table.Td title={word(field).hint}>{word(field).text}</Table.Td>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{shown(field, before, timezone)}</Table.Td>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{shown(field, after, timezone)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {row.metadata && <Code block>{JSON.stringify(row.metadata, null, 1)}</Code>}
      <Group gap="lg">
        <Text size="xs" c="dimmed">
          {t('audit.place', { number: row.chain_no, station: row.station_id.slice(-8), intent: row.intent })}
        </Text>
        {onEntity && row.entity_id && (
          <Button size="compact-xs" variant="subtle" onClick={() => onEntity(row)}>
            {t('audit.history_of')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
