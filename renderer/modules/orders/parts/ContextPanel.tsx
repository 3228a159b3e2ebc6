import { Anchor, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import type { OrderPage } from '../../../../preload/contract/orders.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import { SidePanel } from '../../../ui/SidePanel.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { HistoryPanel } from './HistoryPanel.tsx';

/** What belongs to a build whichever tab is open: notes, files and its history. */
export function ContextPanel({ page, onClose }: { page: OrderPage; onClose: () => void }) {
  const t = useTexts('orders');
  const { order_id, notes } = page.order;
  const files = useAsk('infrastructure.listFiles', { entity_type: 'orders', entity_id: order_id });
  return (
    <SidePanel title={t('screens.context')} width={280} onClose={onClose}>
      <Stack gap="md">
        <section>
          <Title order={3} size="h6">
            {t('screens.header.notes')}
          </Title>
          <Text size="sm" c={notes ? undefined : 'dimmed'} style={{ whiteSpace: 'pre-wrap' }}>
            {notes || t('screens.no_notes')}
          </Text>
        </section>
        <section>
          <Title order={3} size="h6">
            {t('screens.documents')}
          </Title>
          {files.data?.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('screens.no_files')}
            </Text>
          )}
          {files.data?.map(file => (
            <Anchor
              key={file.file_link_id}
              component={Link}
              to={`/orders/${order_id}?tab=documents`}
              size="sm"
              display="block"
              style={{ overflowWrap: 'anywhere' }}
            >
              {file.original_name}
            </Anchor>
          ))}
        </section>
        <section>
          <Title order={3} size="h6" mb={6}>
            {t('screens.history')}
          </Title>
          <HistoryPanel order_id={order_id} />
        </section>
      </Stack>
    </SidePanel>
  );
}
