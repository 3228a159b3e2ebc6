import { Group, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconUpload } from '@tabler/icons-react';
import { formatBytes } from './formats.ts';
import { useTexts } from './texts.ts';

interface Props {
  onFiles: (files: File[]) => void;
  /** MIME types or `.ext`; everything when absent, the services decide by content. */
  accept?: string[];
  max_bytes?: number;
  multiple?: boolean;
  loading?: boolean;
  onRejected?: (names: string[]) => void;
  label?: string;
  hint?: string;
}
/** Where files are dropped or chosen. */
export function FileDrop(props: Props) {
  const { onFiles, accept, max_bytes, multiple = true, loading, onRejected, label, hint } = props;
  const t = useTexts('ui');
  return (
    <Dropzone
      onDrop={onFiles}
      onReject={rejections => onRejected?.(rejections.map(r => r.file.name))}
      accept={accept}
      maxSize={max_bytes}
      multiple={multiple}
      loading={loading}
      p="md"
      inputProps={{ 'aria-label': label ?? t('drop_files') }}
    >
      <Group justify="center" gap="sm" style={{ pointerEvents: 'none' }}>
        <IconUpload size={20} aria-hidden />
        <div>
          <Text size="sm">{label ?? t('drop_files')}</Text>
          {(hint || max_bytes !== undefined) && (
            <Text size="xs" c="dimmed">
              {hint ?? t('up_to', { size: formatBytes(max_bytes ?? 0) })}
            </Text>
          )}
        </div>
      </Group>
    </Dropzone>
  );
}
