import { Alert, Button, Card, Progress, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import { formatInstant } from '../../../ui/formats.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts, wordFailure } from '../../../ui/texts.ts';
import { markOf, type Status, shareOf } from './mark.rules.ts';
import { StatusFacts } from './StatusFacts.tsx';
import { useRecordWords } from './words.ts';

const SHOWN = 20;
/** The centre knows this station no longer: with a new code it goes on. */
const NEEDS_CODE = new Set(['centre_sign_in_refused', 'centre_not_enrolled']);

export function StatusPanel({ status }: { status: Status }) {
  const t = useTexts('replication');
  const { may } = useMe();
  const kind = markOf(status);
  const share = shareOf(status);
  const phase = status.progress && t(`phases.${status.progress.phase}`, { defaultValue: t(`mark.${kind}`) });
  return (
    <Stack gap="md" maw={1100}>
      {status.trouble && (
        <Alert
          role="alert"
          color={kind === 'trouble' ? 'orange' : 'gray'}
          variant="light"
          title={t(`mark.${kind}`)}
        >
          {wordFailure(t, { ...status.trouble, message: '' })}
          {may('settings:update') && NEEDS_CODE.has(status.trouble.code) && (
            <Button component={Link} to="/exchange/join" size="xs" mt="xs" display="block" w="fit-content">
              {t('join.renew')}
            </Button>
          )}
        </Alert>
      )}
      {phase && (
        <div role="status">
          <Text size="sm">{phase}</Text>
          <Progress value={share === null ? 100 : share * 100} animated={share === null} aria-label={phase} />
        </div>
      )}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Card withBorder padding="md">
          <Text size="sm" mb="xs">
            {t(`mark.${kind}_text`)}
          </Text>
          <StatusFacts status={status} />
        </Card>
        <Waiting total={status.waiting_units} />
      </SimpleGrid>
    </Stack>
  );
}

/** What waits, in words, oldest first. */
function Waiting({ total }: { total: number }) {
  const t = useTexts('replication');
  const words = useRecordWords();
  const { timezone } = useMe();
  const list = useAsk('replication.waiting', { limit: SHOWN });
  const rows = list.data ?? [];
  const more = Math.max(0, total - rows.length);
  return (
    <Card withBorder padding="md">
      <Title order={2} size="h5" mb="xs">
        {t('page.waiting')}
      </Title>
      <RefusalNotice failure={list.error} />
      {rows.length === 0 && <Text size="sm">{t('page.waiting_none')}</Text>}
      {rows.length > 0 && (
        <Table verticalSpacing={3}>
          <Table.Thead>
            <Table.Tr>
              {['step', 'what', 'by', 'at'].map(key => (
                <Table.Th key={key}>{t(`page.${key}`)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(row => (
              <Table.Tr key={row.unit_id}>
                <Table.Td>{words.record(row.table, row.row_label)}</Table.Td>
                <Table.Td>
                  {row.op && t(`page.ops.${row.op}`)}
                  {row.changes > 1 && ` · ${t('page.rows', { count: row.changes })}`}
                </Table.Td>
                <Table.Td>{row.author_name ?? t('page.program')}</Table.Td>
                <Table.Td>
                  {row.occurred_at_ms === null ? '' : formatInstant(row.occurred_at_ms, timezone)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {more > 0 && (
        <Text size="sm" c="dimmed">
          {t('page.waiting_more', { count: more })}
        </Text>
      )}
    </Card>
  );
}
