import { Group, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconUpload } from '@tabler/icons-react';
import { useTexts } from './texts.ts';

/** Where files are dropped or chosen. The services decide by content what is accepted. */
export function FileDrop({
  onFiles,
  hint,
  multiple = true,
  loading = false,
  accept,
  maxBytes,
}: {
  onFiles: (files: File[]) => void;
  hint?: string;
  multiple?: boolean;
  loading?: boolean;
  accept?: string[];
  maxBytes?: number;
}) {
  const t = useTexts('ui');
  return (
    <Dropzone
      onDrop={onFiles}
      multiple={multiple}
      loading={loading}
      className="file-drop"
      {...(accept && { accept })}
      {...(maxBytes && { maxSize: maxBytes })}
      inputProps={{ 'aria-label': t('choose_files') }}
    >
      <Group justify="center" gap="sm" style={{ pointerEvents: 'none' }}>
        <IconUpload size={20} aria-hidden />
        <div>
          <Text size="sm">{t('drop_files')}</Text>
          {hint && (
            <Text size="xs" c="dimmed">
              {hint}
            </Text>
          )}
        </div>
      </Group>
    </Dropzone>
  );
}
