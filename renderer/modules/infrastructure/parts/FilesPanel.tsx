import { ActionIcon, Anchor, Button, Group, Image, Select, Stack, Table, Text } from '@mantine/core';
import { IconDownload, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { FileCarrier } from '../../../../preload/contract/infrastructure.ts';
import { useMe } from '../../../app/session.tsx';
import { ask, download, failureFrom, inlineUrl, type RpcFailure, upload } from '../../../rpc/client.ts';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import type { OutputAt } from '../../../rpc/paths.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { FileDrop } from '../../../ui/FileDrop.tsx';
import { formatBytes, formatInstant } from '../../../ui/formats.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';

type FileRow = OutputAt<'infrastructure.listFiles'>[number];
type FileRole = FileRow['link_role'];
type Opened = OutputAt<'infrastructure.openFile'>;
interface Props {
  entity_type: FileCarrier;
  entity_id: string;
  /** What a file can be here; the first one is offered. */
  roles: readonly [FileRole, ...FileRole[]];
}
const MB = 1024 * 1024;

/** Files of one record: add, look at, save, take off. */
export function FilesPanel({ entity_type, entity_id, roles }: Props) {
  const t = useTexts('infrastructure');
  const me = useMe();
  const files = useAsk('infrastructure.listFiles', { entity_type, entity_id });
  const limits = useAsk('infrastructure.getLimits', {});
  const remove = useCommand('infrastructure.removeFile');
  const [role, setRole] = useState<FileRole>(roles[0]);
  const [sending, setSending] = useState<string | null>(null);
  const [failure, setFailure] = useState<RpcFailure | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);

  async function add(chosen: File[]) {
    setFailure(null);
    try {
      for (const file of chosen) {
        setSending(file.name);
        const { ticket } = await ask('infrastructure.prepareUpload', {
          original_name: file.name,
          size_bytes: file.size,
        });
        await upload(ticket, file);
        await ask('infrastructure.registerFile', {
          ticket,
          original_name: file.name,
          links: [{ entity_type, entity_id, link_role: role }],
        });
      }
    } catch (error) {
      setFailure(failureFrom(error));
    } finally {
      setSending(null);
    }
  }
  async function open(file: FileRow, isPreview: boolean) {
    setFailure(null);
    try {
      const found = await ask('infrastructure.openFile', { file_upload_id: file.file_upload_id });
      if (isPreview && found.is_previewable) setOpened(found);
      else download(found.ticket);
    } catch (error) {
      setFailure(failureFrom(error));
    }
  }

  const limit = limits.data;
  return (
    <Stack gap="sm">
      {me.may('files:create') && (
        <Group align="flex-end" gap="sm" wrap="wrap">
          {roles.length > 1 && (
            <Select
              label={t('files.role')}
              allowDeselect={false}
              data={roles.map(value => ({ value, label: t(`files.roles.${value}`) }))}
              value={role}
              onChange={value => setRole(roles.find(r => r === value) ?? roles[0])}
            />
          )}
          <div style={{ flex: '1 1 280px' }}>
            <FileDrop
              onFiles={chosen => void add(chosen)}
              loading={sending !== null}
              hint={
                limit &&
                t('files.limits', { max_mb: limit.max_bytes / MB, types: limit.allowed_types.join(', ') })
              }
            />
          </div>
        </Group>
      )}
      {sending && (
        <Text size="sm" role="status">
          {t('files.sending', { name: sending })}
        </Text>
      )}
      <RefusalNotice failure={failure ?? files.error ?? remove.failure} onClose={() => setFailure(null)} />
      {files.data?.length === 0 && <Text c="dimmed">{t('files.none')}</Text>}
      {files.data && files.data.length > 0 && (
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              {['name', 'role', 'size', 'by'].map(key => (
                <Table.Th key={key} ta={key === 'size' ? 'right' : undefined}>
                  {t(`files.${key}`)}
                </Table.Th>
              ))}
              <Table.Th aria-label={t('files.actions')} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {files.data.map(file => (
              <Table.Tr key={file.file_link_id}>
                <Table.Td>
                  <Anchor
                    component="button"
                    type="button"
                    size="sm"
                    ta="left"
                    onClick={() => void open(file, true)}
                  >
                    {file.original_name}
                  </Anchor>
                </Table.Td>
                <Table.Td>{t(`files.roles.${file.link_role}`)}</Table.Td>
                <Table.Td ta="right">{formatBytes(file.file_size_bytes)}</Table.Td>
                <Table.Td>
                  {file.uploaded_by} · {formatInstant(file.uploaded_at_ms, me.timezone)}
                </Table.Td>
                <Table.Td>
                  <Group gap={4} justify="flex-end" wrap="nowrap">
                    <ActionIcon
                      variant="subtle"
                      aria-label={t('files.save', { name: file.original_name })}
                      onClick={() => void open(file, false)}
                    >
                      <IconDownload size={16} />
                    </ActionIcon>
                    {file.may_remove && (
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        aria-label={t('files.remove', { name: file.original_name })}
                        onClick={() => remove.run({ file_link_id: file.file_link_id }).catch(() => undefined)}
                      >
                        <IconTrash size={16} />
                      </ActionIcon>
                    )}
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <Dialog opened={opened !== null} onClose={() => setOpened(null)} title={opened?.name} size="90%">
        {opened && <Preview file={opened} />}
      </Dialog>
    </Stack>
  );
}

function Preview({ file }: { file: Opened }) {
  const t = useTexts('infrastructure');
  const url = inlineUrl(file.ticket);
  return (
    <Stack gap="sm">
      {file.mime_type === 'application/pdf' ? (
        <iframe title={file.name} src={url} style={{ width: '100%', height: '75vh', border: 0 }} />
      ) : (
        <Image src={url} alt={file.name} fit="contain" mah="75vh" />
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={() => download(file.ticket)}>
          {t('files.save_short')}
        </Button>
      </Group>
    </Stack>
  );
}
