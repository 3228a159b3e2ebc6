import { ActionIcon, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconFile, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { DraftDocument } from '../../../../preload/contract/orders.ts';
import type { Failure } from '../../../../preload/contract/rpc.ts';
import { ask, failureFrom, upload } from '../../../rpc/client.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import { FileDrop } from '../../../ui/FileDrop.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';

type DraftFile = DraftDocument['files'][number];
const KINDS = ['PO_DOCUMENT', 'TECHNICAL_DRAWING'] as const;

interface DraftFilesProps {
  files: readonly DraftFile[];
  draftId: string | undefined;
  /** Stores the draft when it has no id yet. */
  ensureDraft: () => Promise<string | undefined>;
  onChange: (next: (files: DraftFile[]) => DraftFile[]) => void;
}

/** Purchase order and drawings, kept with the draft until the order is there. */
export function DraftFiles({ files, draftId, ensureDraft, onChange }: DraftFilesProps) {
  const t = useTexts('orders');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [names, setNames] = useState<Record<string, string>>({});
  const stored = useAsk(
    'infrastructure.listFiles',
    { entity_type: 'order_drafts', entity_id: draftId ?? '-' },
    { enabled: Boolean(draftId) && files.length > 0 },
  );
  const nameOf = (id: string) =>
    names[id] ??
    stored.data?.find(({ file_upload_id }) => file_upload_id === id)?.original_name ??
    t('screens.file');

  const add = async (chosen: readonly File[], link_role: DraftFile['link_role']) => {
    setFailure(null);
    try {
      const draft = await ensureDraft();
      if (!draft) return;
      for (const file of chosen) {
        const { ticket } = await ask('infrastructure.prepareUpload', {
          original_name: file.name,
          size_bytes: file.size,
        });
        await upload(ticket, file);
        const { file_upload_id } = await ask('infrastructure.registerFile', {
          ticket,
          original_name: file.name,
          links: [{ entity_type: 'order_drafts', entity_id: draft, link_role }],
        });
        setNames(before => ({ ...before, [file_upload_id]: file.name }));
        onChange(before => [
          ...before.filter(entry => entry.file_upload_id !== file_upload_id),
          { file_upload_id, link_role },
        ]);
      }
    } catch (problem) {
      setFailure(failureFrom(problem));
    }
  };
  return (
    <Stack gap="xs">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {KINDS.map(kind => (
          <Stack key={kind} gap={4}>
            <Text size="sm" fw={500}>
              {t(`screens.file_kinds.${kind}`)}
            </Text>
            <FileDrop onFiles={chosen => void add(chosen, kind)} hint={t(`screens.file_hints.${kind}`)} />
            {files
              .filter(({ link_role }) => link_role === kind)
              .map(({ file_upload_id }) => (
                <Group key={file_upload_id} gap={6} wrap="nowrap">
                  <IconFile size={16} aria-hidden />
                  <Text size="sm" truncate style={{ flex: 1 }}>
                    {nameOf(file_upload_id)}
                  </Text>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t('screens.remove_row', { row: nameOf(file_upload_id) })}
                    onClick={() =>
                      onChange(before => before.filter(entry => entry.file_upload_id !== file_upload_id))
                    }
                  >
                    <IconTrash size={14} />
                  </ActionIcon>
                </Group>
              ))}
          </Stack>
        ))}
      </SimpleGrid>
      {failure !== null && <RefusalNotice failure={failure} />}
    </Stack>
  );
}
