import { Alert, Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconCircleCheck, IconPlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import type { MovementType } from '../../../../preload/contract/tracking.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import { useScanTarget } from '../../../scan/scan-targets.ts';
import { ConfirmPreview } from '../../../ui/ConfirmPreview.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { formatCount, formatInstant } from '../../../ui/formats.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { useKey } from '../../../ui/use-key.ts';
import { EntryLine, focusField } from '../parts/EntryLine.tsx';
import { TrackingTabs } from '../parts/TrackingTabs.tsx';
import { useEntry } from '../parts/use-entry.ts';
import { useOrderOfScan } from '../parts/use-order-of-scan.ts';

const TONES = { IN: { icon: IconArrowDown, color: 'green' }, OUT: { icon: IconArrowUp, color: 'orange' } };

/** Books many rows at once, all or none. Made for a scanner: order, Enter, quantity, Enter, next row. */
export default function EntryScreen({ movement_type }: { movement_type: MovementType }) {
  const t = useTexts('tracking');
  const { may } = useMe();
  const asked = useAsk('tracking.workCenters', {});
  const centers = (asked.data?.centers ?? []).filter(center => center.can_book);
  const entry = useEntry(movement_type, centers[0]?.work_center_id);
  const [isClearing, setClearing] = useState(false);
  const { icon: Icon, color } = TONES[movement_type];
  const firstKey = entry.rows[0]?.key;
  useKey('Ctrl+S', () => void entry.save());
  const orderOf = useOrderOfScan();
  useScanTarget(scan => (scan.command ? undefined : orderOf(scan, entry.putOrder)), centers.length > 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the rows can be typed into
  useEffect(() => {
    if (centers.length > 0 && firstKey !== undefined) focusField(firstKey, 'order_number');
  }, [centers.length > 0]);

  if (asked.data?.missing)
    return (
      <>
        <PageHeader title={t(`nav.${movement_type.toLowerCase()}`)} />
        <TrackingTabs />
        <EmptyState
          title={t(`missing.${asked.data.missing}`)}
          text={t(`missing.${asked.data.missing}_text`)}
        />
      </>
    );
  const canOverride = entry.failure?.code === 'in_missing' && may('order_movements:update');
  return (
    <Stack gap="xs">
      <PageHeader
        title={t(`nav.${movement_type.toLowerCase()}`)}
        status={<Icon size={22} color={`var(--mantine-color-${color}-text)`} aria-hidden />}
        subtitle={<Clock />}
        actions={
          <>
            <Button variant="default" onClick={() => setClearing(true)} disabled={entry.filled === 0}>
              {t('entry.clear')}
            </Button>
            <Button
              loading={entry.pending}
              disabled={entry.filled === 0}
              onClick={() => void entry.save()}
              aria-keyshortcuts="Control+S"
            >
              {t('entry.save', { count: entry.filled })}
            </Button>
          </>
        }
      />
      <TrackingTabs />
      {entry.saved > 0 && (
        <Alert role="status" color="green" variant="light" icon={<IconCircleCheck aria-hidden />}>
          {t(`entry.saved_${movement_type.toLowerCase()}`, { count: entry.saved })}
        </Alert>
      )}
      {!entry.unconfirmed && <RefusalNotice failure={entry.failure} onClose={entry.dismiss} />}
      {entry.failure?.code === 'in_missing' && (
        <Group gap="xs">
          <Button component={Link} to="/tracking/in" size="xs" variant="default">
            {t('entry.go_in')}
          </Button>
          {canOverride && (
            <Button
              size="xs"
              color="orange"
              variant="light"
              onClick={() => void entry.save({ override_missing_in: true, confirm_negative: true })}
            >
              {t('entry.override')}
            </Button>
          )}
        </Group>
      )}
      <Table verticalSpacing={3} layout="fixed" miw={900}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={40} ta="right" aria-label={t('columns.row')} />
            <Table.Th w={210}>{t('columns.work_center')}</Table.Th>
            <Table.Th w={200}>{t('columns.order_number')}</Table.Th>
            <Table.Th w={110} ta="right">
              {t('columns.quantity')}
            </Table.Th>
            <Table.Th>{t('columns.balance')}</Table.Th>
            <Table.Th w={220}>{t('columns.remark')}</Table.Th>
            <Table.Th w={44} aria-label={t('entry.remove')} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {entry.rows.map((row, at) => (
            <EntryLine
              key={row.key}
              number={at + 1}
              row={row}
              movement_type={movement_type}
              centers={centers}
              wrong={
                new Map([...entry.wrongIn(at + 1)].map(([field, code]) => [field, t(`problems.${code}`)]))
              }
              onChange={patch => entry.change(row.key, patch)}
              onRemove={() => entry.remove(row.key)}
              onNextRow={() => entry.addAfter(row.key)}
            />
          ))}
        </Table.Tbody>
      </Table>
      <Group gap="sm">
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} />}
          onClick={() => entry.addAfter()}
        >
          {t('entry.add')}
        </Button>
        <Text size="xs" c="dimmed">
          {t('entry.keys')}
        </Text>
      </Group>
      <ConfirmPreview
        opened={isClearing}
        title={t('entry.clear')}
        text={t('entry.clear_text', { count: entry.filled })}
        confirmLabel={t('entry.clear')}
        destructive
        onConfirm={() => {
          entry.clear();
          setClearing(false);
        }}
        onClose={() => setClearing(false)}
      />
      <ConfirmPreview
        opened={entry.unconfirmed !== null}
        title={t('entry.negative')}
        text={t('entry.negative_text')}
        confirmLabel={t('entry.book_anyway')}
        pending={entry.pending}
        onConfirm={() => void entry.save({ confirm_negative: true })}
        onClose={entry.dismiss}
      >
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('columns.row')}</Table.Th>
              <Table.Th>{t('columns.order_number')}</Table.Th>
              <Table.Th>{t('columns.work_center')}</Table.Th>
              <Table.Th ta="right">{t('columns.available')}</Table.Th>
              <Table.Th ta="right">{t('columns.after')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {entry.unconfirmed?.map(short => (
              <Table.Tr key={short.row}>
                <Table.Td>{short.row}</Table.Td>
                <Table.Td>{short.order_number}</Table.Td>
                <Table.Td>{short.work_center}</Table.Td>
                <Table.Td ta="right">{formatCount(short.available)}</Table.Td>
                <Table.Td ta="right" c="red">
                  {formatCount(short.after)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ConfirmPreview>
    </Stack>
  );
}

/** The time a saved row gets, in the zone of the plant. */
function Clock() {
  const { timezone } = useMe();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return <span>{formatInstant(now, timezone, { withSeconds: true, withZone: true })}</span>;
}
