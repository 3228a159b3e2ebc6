import { Button, Stack, Table, Text, Title } from '@mantine/core';
import type { ImportCounts, ImportKindName } from '../../../../preload/contract/imports.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import { formatInstant } from '../../../ui/formats.ts';
import { useTexts } from '../../../ui/texts.ts';
import type { Inspected } from './use-import.ts';

interface Props {
  kind: ImportKindName;
  onContinue: (import_id: Inspected['import_id']) => void;
}
/** Own imports of this kind: what is open can be gone on with, what was applied says what it did. */
export function EarlierImports({ kind, onContinue }: Props) {
  const t = useTexts('imports');
  const { data } = useAsk('imports.list', { kind });
  const applied = (counts: ImportCounts | null) => (counts ? t('applied', { ...counts }) : '');
  if (!data) return null;
  return (
    <Stack gap="xs">
      <Title order={2} size="h5">
        {t('earlier_imports')}
      </Title>
      {data.imports.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('no_imports')}
        </Text>
      ) : (
        <Table aria-label={t('earlier_imports')}>
          <Table.Tbody>
            {data.imports.map(row => (
              <Table.Tr key={row.import_id}>
                <Table.Td>{row.file_name}</Table.Td>
                <Table.Td>{formatInstant(row.applied_at_ms ?? row.created_at_ms)}</Table.Td>
                <Table.Td>
                  {row.state === 'APPLIED' ? (
                    applied(row.counts)
                  ) : (
                    <Button size="compact-sm" variant="default" onClick={() => onContinue(row.import_id)}>
                      {t('continue')}
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Stack>
  );
}
