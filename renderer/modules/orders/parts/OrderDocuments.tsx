import { Anchor, Stack, Table, Text } from '@mantine/core';
import { ask, download } from '../../../rpc/client.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import { formatBytes, formatInstant } from '../../../ui/formats.ts';
import { useTexts } from '../../../ui/texts.ts';

export function OrderDocuments({ order_id }: { order_id: string }) {
  const t = useTexts('orders');
  const files = useAsk('infrastructure.listFiles', { entity_type: 'orders', entity_id: order_id });
  const open = async (file_upload_id: string) => {
    const { ticket } = await ask('infrastructure.openFile', { file_upload_id });
    download(ticket);
  };
  if (files.data?.length === 0) return <Text c="dimmed">{t('screens.no_documents')}</Text>;
  return (
    <Stack>
      <Table>
        <Table.Tbody>
          {files.data?.map(file => (
            <Table.Tr key={file.file_link_id}>
              <Table.Td>
                <Anchor
                  component="button"
                  type="button"
                  size="sm"
                  onClick={() => void open(file.file_upload_id)}
                >
                  {file.original_name}
                </Anchor>
              </Table.Td>
              <Table.Td>
                {t(`screens.file_kinds.${file.link_role}`, { defaultValue: file.link_role })}
              </Table.Td>
              <Table.Td ta="right">{formatBytes(file.file_size_bytes)}</Table.Td>
              <Table.Td c="dimmed">
                {file.uploaded_by} · {formatInstant(file.uploaded_at_ms)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}
