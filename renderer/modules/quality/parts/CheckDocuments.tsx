import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconFileText, IconMaximize } from '@tabler/icons-react';
import { useState } from 'react';
import type { CheckDocument, Form, FormRow } from '../../../../preload/contract/inspection.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { ZoomImage } from '../../../ui/ZoomImage.tsx';
import { useFileUrl } from '../../infrastructure/parts/use-file-url.ts';

/** What a check is compared with: documents of the build in the roles its form names, pictures of its item. */
export const documentsOf = ({ documents }: Form, row: FormRow): CheckDocument[] =>
  documents.filter(document =>
    document.material_number === null
      ? row.shows_file_roles.includes(document.link_role)
      : document.material_number === row.material_number,
  );

interface Props {
  documents: readonly CheckDocument[];
  height: string;
}
/** Documents one at a time; which one stays chosen while the checks that show it change. */
export function CheckDocuments({ documents, height }: Props) {
  const t = useTexts('quality');
  const [chosen, setChosen] = useState<string | null>(null);
  const [isLarge, setLarge] = useState(false);
  const document = documents.find(({ file_upload_id }) => file_upload_id === chosen) ?? documents[0];
  if (!document) return <Text c="dimmed">{t('documents_beside.none')}</Text>;
  return (
    <Stack gap="xs">
      {documents.length > 1 && (
        <SegmentedControl
          orientation="vertical"
          aria-label={t('documents_beside.which')}
          value={document.file_upload_id}
          data={documents.map(({ file_upload_id, original_name }) => ({
            value: file_upload_id,
            label: original_name,
          }))}
          onChange={setChosen}
        />
      )}
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" truncate title={document.original_name}>
          {document.original_name}
        </Text>
        <Button
          size="compact-md"
          variant="default"
          style={{ flexShrink: 0 }}
          leftSection={<IconMaximize size={16} aria-hidden />}
          onClick={() => setLarge(true)}
        >
          {t('documents_beside.enlarge')}
        </Button>
      </Group>
      <View document={document} height={height} />
      <Dialog opened={isLarge} onClose={() => setLarge(false)} title={document.original_name} size="95%">
        <View document={document} height="72vh" />
      </Dialog>
    </Stack>
  );
}

const SHOWN_AS_IMAGE = /^image\/(png|jpeg|gif|webp)$/;
function View({ document, height }: { document: CheckDocument; height: string }) {
  const t = useTexts('quality');
  const { original_name, mime_type } = document;
  const isImage = SHOWN_AS_IMAGE.test(mime_type);
  const isShown = isImage || mime_type === 'application/pdf';
  const { url, failure } = useFileUrl(isShown ? document.file_upload_id : null);
  if (failure) return <RefusalNotice failure={failure} />;
  if (!isShown) return <Text c="dimmed">{t('documents_beside.not_shown')}</Text>;
  if (url === null) return null;
  if (isImage) return <ZoomImage key={url} src={url} alt={original_name} height={height} />;
  return (
    <iframe
      title={original_name}
      src={`${url}#view=FitH`}
      style={{ width: '100%', height, border: '1px solid var(--mw-hairline)' }}
    />
  );
}

/** Opens the documents of a check beside the form. */
export function DocumentsButton({
  count,
  code,
  isOn,
  onToggle,
}: {
  count: number;
  code: string;
  isOn: boolean;
  onToggle: () => void;
}) {
  const t = useTexts('quality');
  return (
    <Button
      size="compact-sm"
      variant={isOn ? 'light' : 'default'}
      aria-pressed={isOn}
      data-opens-documents
      aria-label={t('documents_beside.open_for', { count, code })}
      leftSection={<IconFileText size={16} aria-hidden />}
      style={{ alignSelf: 'flex-start' }}
      onClick={onToggle}
    >
      {t('documents_beside.open', { count })}
    </Button>
  );
}
