import { ActionIcon, Anchor, FileButton, Group, Textarea, Tooltip } from '@mantine/core';
import { IconCamera, IconNote } from '@tabler/icons-react';
import { useState } from 'react';
import type { FormRow } from '../../../../preload/contract/inspection.ts';
import { useMe } from '../../../app/session.tsx';
import { ask, download } from '../../../rpc/client.ts';
import { useTexts } from '../../../ui/texts.ts';
import type { FormHandle } from './use-form.ts';
import { useKeptText } from './use-kept-text.ts';

interface Props {
  row: FormRow;
  handle: FormHandle;
  isOpen: boolean;
}
/** The note of an answer; asked for where the answer needs one. */
export function NoteField({ row, handle, isOpen }: Props) {
  const t = useTexts('quality');
  const { locale } = useMe();
  const kept = useKeptText(row.note ?? '', text => handle.answer(row, { note: text }));
  const prompt = row.notes_prompt?.[locale] ?? t(row.state === 'note' ? 'note_needed' : 'note');
  return (
    <Textarea
      label={prompt}
      autosize
      minRows={1}
      maxRows={4}
      maxLength={2000}
      readOnly={!isOpen}
      error={row.state === 'note' && kept.text.trim() === ''}
      value={kept.text}
      onChange={event => kept.onChange(event.currentTarget.value)}
      onBlur={kept.flush}
    />
  );
}

/** Note and photo of a row, small. */
export function useRowExtras({ row, handle, isOpen }: Props) {
  const t = useTexts('quality');
  const [asked, setAsked] = useState(false);
  const isShown = asked || row.note !== null || row.state === 'note';
  return {
    buttons: (
      <Group gap={4} wrap="nowrap" justify="flex-end">
        {isOpen && (
          <>
            <Tooltip label={t('note')}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('note_on', { code: row.code })}
                onClick={() => setAsked(true)}
              >
                <IconNote size={18} aria-hidden />
              </ActionIcon>
            </Tooltip>
            <FileButton accept="image/*" onChange={file => file && void handle.addPhoto(row, file)}>
              {props => (
                <Tooltip label={t('photo')}>
                  <ActionIcon
                    {...props}
                    variant="subtle"
                    color="gray"
                    aria-label={t('photo_on', { code: row.code })}
                  >
                    <IconCamera size={18} aria-hidden />
                  </ActionIcon>
                </Tooltip>
              )}
            </FileButton>
          </>
        )}
      </Group>
    ),
    details: (
      <>
        {isShown && <NoteField row={row} handle={handle} isOpen={isOpen} />}
        <Photos row={row} />
      </>
    ),
  };
}

export function Photos({ row }: { row: FormRow }) {
  if (row.files.length === 0) return null;
  const open = async (file: FormRow['files'][number]) => {
    const { ticket } = await ask('infrastructure.openFile', { file_upload_id: file.file_upload_id });
    download(ticket);
  };
  return (
    <Group gap="xs">
      {row.files.map(file => (
        <Anchor key={file.file_upload_id} component="button" size="sm" onClick={() => void open(file)}>
          {file.original_name}
        </Anchor>
      ))}
    </Group>
  );
}
