import { Button, Group, Stack } from '@mantine/core';
import { IconPlus, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import type { OutsourcedLine } from '../../../../preload/contract/fulfilment.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import { DataGrid } from '../../../ui/DataGrid.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { ChangePartDialog } from './ChangePartDialog.tsx';
import { MarkPartsDialog } from './MarkPartsDialog.tsx';
import { usePartsColumns } from './parts-columns.tsx';
import { SendDialog } from './SendDialog.tsx';

type Opened = { kind: 'send' } | { kind: 'mark' } | { kind: 'line'; line: OutsourcedLine };
const MOST_LINES = 1000;

/** What of a build is made or finished outside: marked, sent, back. */
export function BuildParts({ order_id, bom_id }: { order_id: string; bom_id: string | undefined }) {
  const t = useTexts('fulfilment');
  const { may } = useMe();
  const [opened, setOpened] = useState<Opened | null>(null);
  const found = useAsk('fulfilment.outsourced', { order_id, limit: MOST_LINES });
  const columns = usePartsColumns(false);
  const rows = found.data?.rows ?? [];
  const pending = rows.filter(row => row.outsourcing_status === 'PENDING');
  const held = new Set(
    rows.filter(row => row.outsourcing_status !== 'CANCELLED').map(row => row.material_number),
  );
  const close = () => setOpened(null);
  return (
    <Stack gap="sm" h="100%" style={{ minHeight: 0 }}>
      <Group gap="xs">
        {may('outsourcing:create') && bom_id && (
          <Button
            variant="default"
            leftSection={<IconPlus size={16} />}
            onClick={() => setOpened({ kind: 'mark' })}
          >
            {t('screens.mark_parts')}
          </Button>
        )}
        {may('outsourcing:update') && pending.length > 0 && (
          <Button leftSection={<IconSend size={16} />} onClick={() => setOpened({ kind: 'send' })}>
            {t('screens.send_title', { count: pending.length })}
          </Button>
        )}
      </Group>
      <RefusalNotice failure={found.error} />
      <DataGrid
        id="build-parts"
        label={t('screens.parts_title')}
        columns={columns}
        rows={rows}
        loading={found.isPending}
        rowKey={row => row.shipment_item_id}
        {...(may('outsourcing:update')
          ? { onOpen: (line: OutsourcedLine) => setOpened({ kind: 'line', line }) }
          : {})}
        empty={<EmptyState title={t('screens.no_parts')} text={t('screens.no_parts_text')} />}
      />
      {opened?.kind === 'send' && <SendDialog lines={pending} onClose={close} />}
      {opened?.kind === 'line' && <ChangePartDialog line={opened.line} onClose={close} />}
      {opened?.kind === 'mark' && bom_id && (
        <MarkPartsDialog order_id={order_id} bom_id={bom_id} held={held} onClose={close} />
      )}
    </Stack>
  );
}
