import { Anchor, Button, Checkbox, Group, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAsk } from '../../../rpc/hooks.ts';
import { formatInstant } from '../../../ui/formats.ts';
import { useTexts } from '../../../ui/texts.ts';
import { BomStatus } from './BomPanel.tsx';

/** Every version with what it changed; two ticks compare. */
export function VersionsPanel({ order_id }: { order_id: string }) {
  const t = useTexts('bom');
  const [ticked, setTicked] = useState<string[]>([]);
  const found = useAsk('bom.versions', { order_id });
  const versions = found.data?.versions ?? [];
  const pair = versions
    .filter(({ bom_id }) => ticked.includes(bom_id))
    .sort((a, b) => a.bom_version - b.bom_version);
  const [a, b] = pair;
  return (
    <Stack gap="xs" style={{ overflow: 'auto' }}>
      <Group>
        {a && b ? (
          <Button size="xs" component={Link} to={`/boms/compare/${a.bom_id}/${b.bom_id}`}>
            {t('screens.compare')}
          </Button>
        ) : (
          <>
            <Button size="xs" disabled>
              {t('screens.compare')}
            </Button>
            <Text size="sm" c="dimmed">
              {t(versions.length > 1 ? 'screens.tick_two' : 'screens.one_version')}
            </Text>
          </>
        )}
      </Group>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={30} />
            <Table.Th>{t('screens.version')}</Table.Th>
            <Table.Th>{t('screens.status')}</Table.Th>
            <Table.Th>{t('screens.columns.revision')}</Table.Th>
            <Table.Th ta="right">{t('screens.totals.rows')}</Table.Th>
            <Table.Th>{t('screens.changes')}</Table.Th>
            <Table.Th>{t('screens.created')}</Table.Th>
            <Table.Th>{t('screens.approved')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {versions.map(version => (
            <Table.Tr key={version.bom_id}>
              <Table.Td>
                <Checkbox
                  size="xs"
                  aria-label={t('screens.compare_version', { version: version.bom_version })}
                  checked={ticked.includes(version.bom_id)}
                  onChange={event =>
                    setTicked(
                      event.currentTarget.checked
                        ? [...ticked.slice(-1), version.bom_id]
                        : ticked.filter(id => id !== version.bom_id),
                    )
                  }
                />
              </Table.Td>
              <Table.Td>
                <Anchor component={Link} size="sm" to={`/boms/${version.bom_id}`}>
                  {t('screens.version_n', { version: version.bom_version })}
                </Anchor>
              </Table.Td>
              <Table.Td>
                <BomStatus status={version.status} />
              </Table.Td>
              <Table.Td>{version.configuration_revision}</Table.Td>
              <Table.Td ta="right">{version.rows}</Table.Td>
              <Table.Td>
                {version.changes
                  ? `+${version.changes.added} −${version.changes.removed} ~${version.changes.changed}`
                  : '—'}
              </Table.Td>
              <Table.Td>
                {formatInstant(version.created_at_ms)} · {version.created_by_name}
              </Table.Td>
              <Table.Td>
                {version.approved_by_name
                  ? `${formatInstant(version.approved_at_ms)} · ${version.approved_by_name}`
                  : '—'}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}
