import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { ImportKindName } from '../../../../preload/contract/imports.ts';
import { download } from '../../../rpc/client.ts';
import { useJob } from '../../../rpc/hooks.ts';
import { FileDrop } from '../../../ui/FileDrop.tsx';
import { JobProgress } from '../../../ui/JobProgress.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { EarlierImports } from './EarlierImports.tsx';
import type { ImportFlow } from './use-import.ts';

const NOTED: Partial<Record<ImportKindName, string>> = {
  bom_lines: 'bom',
  orders: 'orders',
  users: 'users',
};

export function FileStep({ kind, flow }: { kind: ImportKindName; flow: ImportFlow }) {
  const t = useTexts('imports');
  const template = useJob('imports.template');
  const { inspecting } = flow;
  const isBusy = flow.isUploading || inspecting.state.kind === 'running';
  const save = async () => {
    const made = await template.start({ kind });
    if (made) download(made.ticket);
  };
  const note = NOTED[kind];
  return (
    <Stack gap="md" maw={900}>
      <FileDrop
        label={isBusy ? t('uploading') : t('drop')}
        hint={t('drop_hint')}
        multiple={false}
        loading={isBusy}
        onFiles={files => {
          const [first] = files;
          if (first) void flow.take(first);
        }}
      />
      <RefusalNotice failure={flow.failure} />
      <JobProgress state={inspecting.state} onCancel={inspecting.cancel} phaseText={p => t(`phases.${p}`)} />
      {note && (
        <Alert variant="light" color="gray">
          {t(`notes.${note}`)}
        </Alert>
      )}
      <Group gap="sm">
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          loading={template.state.kind === 'running'}
          onClick={() => void save()}
        >
          {t('template')}
        </Button>
        <Text size="sm" c="dimmed">
          {t('template_hint')}
        </Text>
      </Group>
      <Text size="sm" c="dimmed">
        {t('export_hint')}
      </Text>
      <EarlierImports kind={kind} onContinue={id => void flow.open(id)} />
    </Stack>
  );
}
