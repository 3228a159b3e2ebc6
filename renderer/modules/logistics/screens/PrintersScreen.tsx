import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { PrinterRow } from '../../../../preload/contract/logistics.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { ConfirmPreview } from '../../../ui/ConfirmPreview.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { formatSize } from '../../../ui/formats.ts';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { PrinterForm } from '../parts/PrinterForm.tsx';
import { PrinterState } from '../parts/PrinterState.tsx';
import { RouteTable } from '../parts/RouteTable.tsx';

const addressOf = ({ printer_kind, host, port, folder, system_name }: PrinterRow): string =>
  ({ TCP: `${host}:${port}`, FOLDER: folder, SYSTEM: system_name })[printer_kind];

/** The printers of this station, how each is reached, and what is printed on which. */
export default function PrintersScreen() {
  const t = useTexts('logistics');
  const { may } = useMe();
  const asked = useAsk('logistics.listPrinters', {});
  const test = useCommand('logistics.printTestPage');
  const remove = useCommand('logistics.removePrinter');
  const [editing, setEditing] = useState<{ printer: PrinterRow | null } | null>(null);
  const [removing, setRemoving] = useState<PrinterRow | null>(null);
  const printers = asked.data?.printers ?? [];
  const tryOut = ({ printer_id, printer_name }: PrinterRow) =>
    void test.run({ printer_id }).then(
      () =>
        notifications.show({
          message: t('sent', { count: 1, printer: printer_name }),
          closeButtonProps: { 'aria-label': t('close') },
        }),
      () => undefined,
    );
  return (
    <Stack gap="md">
      <PageHeader
        title={t('nav.printers')}
        actions={<Button onClick={() => setEditing({ printer: null })}>{t('printers.new')}</Button>}
      />
      <RefusalNotice failure={asked.error ?? test.failure} />
      {asked.data && printers.length === 0 && (
        <EmptyState
          title={t('printers.none')}
          text={t('printers.none_text')}
          action={<Button onClick={() => setEditing({ printer: null })}>{t('printers.new')}</Button>}
        />
      )}
      {printers.length > 0 && (
        <>
          <Table verticalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('printers.name')}</Table.Th>
                <Table.Th w={190}>{t('printers.kind')}</Table.Th>
                <Table.Th w={150}>{t('printers.media')}</Table.Th>
                <Table.Th w={260}>{t('queue.columns.state')}</Table.Th>
                <Table.Th w={250} ta="right">
                  {t('queue.columns.actions')}
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {printers.map(printer => (
                <Table.Tr key={printer.printer_id}>
                  <Table.Td>{printer.printer_name}</Table.Td>
                  <Table.Td>
                    <Text size="sm" truncate maw={180} title={addressOf(printer)}>
                      {addressOf(printer)}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {t(`printers.kinds.${printer.printer_kind}`)}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    <Text size="sm">
                      {printer.media_name || formatSize(printer.media_width_mm, printer.media_height_mm)}
                    </Text>
                    <Text size="xs" c="dimmed">{`${printer.density_dpi} dpi`}</Text>
                  </Table.Td>
                  <Table.Td>
                    <PrinterState printer={printer} />
                  </Table.Td>
                  <Table.Td>
                    <Group gap={4} justify="flex-end" wrap="nowrap">
                      <Button
                        size="compact-sm"
                        variant="default"
                        disabled={!printer.is_active}
                        aria-label={`${t('printers.test')} ${printer.printer_name}`}
                        onClick={() => tryOut(printer)}
                      >
                        {t('printers.test')}
                      </Button>
                      <Button
                        size="compact-sm"
                        variant="subtle"
                        aria-label={`${t('edit')} ${printer.printer_name}`}
                        onClick={() => setEditing({ printer })}
                      >
                        {t('edit')}
                      </Button>
                      {may('printers:delete') && (
                        <Button
                          size="compact-sm"
                          variant="subtle"
                          color="red"
                          aria-label={`${t('delete')} ${printer.printer_name}`}
                          onClick={() => setRemoving(printer)}
                        >
                          {t('delete')}
                        </Button>
                      )}
                    </Group>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <RouteTable printers={printers} routes={asked.data?.routes ?? []} />
        </>
      )}
      {editing && <PrinterForm printer={editing.printer} onClose={() => setEditing(null)} />}
      <ConfirmPreview
        opened={removing !== null}
        title={`${t('delete')}: ${removing?.printer_name ?? ''}`}
        text={t('printers.delete_text')}
        confirmLabel={t('delete')}
        destructive
        pending={remove.pending}
        failure={remove.failure}
        onConfirm={() => {
          if (removing)
            void remove.run({ printer_id: removing.printer_id }).then(
              () => setRemoving(null),
              () => undefined,
            );
        }}
        onClose={() => setRemoving(null)}
      />
    </Stack>
  );
}
