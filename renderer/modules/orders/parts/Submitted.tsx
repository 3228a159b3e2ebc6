import { Alert, Anchor, Button, Group, Paper, Stack, Table, Text } from '@mantine/core';
import { IconCircleCheck, IconPlus, IconPrinter } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { orders } from '../../../../preload/contract/orders.ts';
import type { OutputOf } from '../../../../preload/contract/rpc.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { ExcelButton } from '../../reporting/parts/ExcelButton.tsx';
import { problemText } from './problem-text.ts';

export function Submitted({ done }: { done: OutputOf<typeof orders.submit> }) {
  const t = useTexts('orders');
  const refusals = useTexts('refusals');
  const first = done.builds[0];
  return (
    <Stack gap="md" maw={860}>
      <PageHeader
        title={t('screens.submitted', { number: done.order_number })}
        actions={
          <Button component={Link} to={`/orders/po/${encodeURIComponent(done.order_number)}`}>
            {t('screens.open_po')}
          </Button>
        }
      />
      <Group gap="xs">
        <IconCircleCheck size={22} color="var(--mantine-color-teal-filled)" aria-hidden />
        <Text>{t('screens.submitted_text', { count: done.builds.length })}</Text>
      </Group>
      {done.warnings.length > 0 && (
        <Alert
          color="yellow"
          styles={{ title: { color: 'var(--mantine-color-text)' } }}
          title={t('screens.warnings')}
        >
          {done.warnings.map(warning => (
            <Text key={`${warning.path} ${warning.code}`} size="sm">
              {problemText(refusals, warning)}
            </Text>
          ))}
        </Alert>
      )}
      <Paper withBorder>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('screens.build')}</Table.Th>
              <Table.Th ta="right">{t('screens.bom_rows')}</Table.Th>
              <Table.Th />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {done.builds.map(build => (
              <Table.Tr key={build.order_id}>
                <Table.Td>
                  <Anchor component={Link} to={`/orders/${build.order_id}`}>
                    {build.build_number}
                  </Anchor>
                </Table.Td>
                <Table.Td ta="right">{build.rows}</Table.Td>
                <Table.Td>
                  <Group gap="xs" justify="flex-end">
                    <Anchor component={Link} to={`/boms/${build.bom_id}`} size="sm">
                      {t('screens.bom')}
                    </Anchor>
                    <ExcelButton path="reporting.exportBom" input={{ bom_id: build.bom_id }} is_compact />
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Paper>
      <Group>
        {first && (
          <Button
            variant="default"
            component={Link}
            to={`/print/order_confirmation?order=${first.order_id}`}
            leftSection={<IconPrinter size={16} />}
          >
            {t('screens.print_confirmation')}
          </Button>
        )}
        <Button variant="default" component={Link} to="/orders/new" leftSection={<IconPlus size={16} />}>
          {t('screens.new_order')}
        </Button>
      </Group>
    </Stack>
  );
}
