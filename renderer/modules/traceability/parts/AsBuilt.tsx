import { Alert, Badge, Button, Group, Stack, Switch, Table, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import type { AsBuiltRow, SerialSlot } from '../../../../preload/contract/traceability.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import { formatInstant, formatQuantity } from '../../../ui/formats.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { ExcelButton } from '../../reporting/parts/ExcelButton.tsx';
import { CaptureDialog } from './CaptureDialog.tsx';

/** The BOM as it was built: every line with the serial and batch numbers that went in. */
export function AsBuilt({ order_id }: { order_id: string }) {
  const t = useTexts('traceability');
  const built = useAsk('traceability.asBuilt', { order_id });
  const serials = useAsk('traceability.serials', { order_id });
  const [isTracedOnly, setTracedOnly] = useState(true);
  const [open, setOpen] = useState<AsBuiltRow | null>(null);
  if (built.error) return <RefusalNotice failure={built.error} />;
  if (!built.data || !serials.data) return null;
  const { slots, missing, surplus, may_capture } = serials.data;
  const isTraced = (row: AsBuiltRow) => row.needs_serial || row.serials.length + row.batches.length > 0;
  const rows = built.data.rows.filter(row => !isTracedOnly || isTraced(row));
  const slotsOf = (row: AsBuiltRow): SerialSlot[] =>
    slots.filter(slot => slot.material_number === row.item_id);
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Group gap="sm">
          <StatusBadge
            tone={missing === 0 ? 'good' : 'waiting'}
            label={missing === 0 ? t('complete') : t('missing', { count: missing })}
          />
          <Text size="sm" c="dimmed">
            {t('bom_version', { version: built.data.bom_version })}
          </Text>
        </Group>
        <Group gap="md">
          <Switch
            label={t('traced_only')}
            checked={isTracedOnly}
            onChange={event => setTracedOnly(event.currentTarget.checked)}
          />
          <ExcelButton
            path="reporting.exportAsBuilt"
            input={{ order_id }}
            rows={built.data.rows.length}
            is_compact
          />
        </Group>
      </Group>
      {surplus.length > 0 && (
        <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title={t('surplus')}>
          {surplus.map(serial => `${serial.material_number} ${serial.serial_number}`).join(', ')}
        </Alert>
      )}
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('item')}</Table.Th>
            <Table.Th>{t('name')}</Table.Th>
            <Table.Th w={90} ta="right">
              {t('quantity')}
            </Table.Th>
            <Table.Th>{t('serials')}</Table.Th>
            <Table.Th>{t('batches')}</Table.Th>
            {may_capture && <Table.Th w={120} aria-label={t('capture')} />}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(row => (
            <Table.Tr key={row.row_no}>
              <Table.Td style={{ paddingLeft: 10 + 16 * row.level, whiteSpace: 'nowrap' }}>
                {row.item_id}
              </Table.Td>
              <Table.Td>{row.name}</Table.Td>
              <Table.Td ta="right" className="tabular">
                {formatQuantity(row.total_quantity_e6)} {row.uom_code}
              </Table.Td>
              <Table.Td>
                {row.serials.map(serial => (
                  <div
                    key={serial.serial_id}
                    title={`${serial.captured_by_name}, ${formatInstant(serial.captured_at_ms)}`}
                  >
                    {serial.serial_number}
                    {serial.basin_index && (
                      <Text span size="xs" c="dimmed">
                        {' '}
                        {t('basin', { index: serial.basin_index })}
                      </Text>
                    )}
                  </div>
                ))}
                {row.needs_serial && row.serials.length < row.total_quantity_e6 / 1_000_000 && (
                  <StatusBadge tone="waiting" label={t('not_captured')} />
                )}
              </Table.Td>
              <Table.Td>
                <Group gap={4}>
                  {row.batches.map(batch => (
                    <Badge key={batch.batch_id} variant="default" tt="none">
                      {batch.batch_number}
                    </Badge>
                  ))}
                </Group>
              </Table.Td>
              {may_capture && (
                <Table.Td>
                  <Button size="compact-sm" variant="default" onClick={() => setOpen(row)}>
                    {t('capture')}
                  </Button>
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {rows.length === 0 && <Text c="dimmed">{t('nothing_traced')}</Text>}
      {open && (
        <CaptureDialog order_id={order_id} row={open} slots={slotsOf(open)} onClose={() => setOpen(null)} />
      )}
    </Stack>
  );
}
