import { Button, Checkbox, Group, Select, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { DraftDocument } from '../../../../preload/contract/orders.ts';
import { type Configuration, unitWords } from '../../../../preload/contract/product-model.ts';
import { failureFrom } from '../../../rpc/client.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { useLocalized } from '../../../ui/localized.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { SinkDrawing } from './SinkDrawing.tsx';

interface CopyDialogProps {
  draft: DraftDocument;
  target: number;
  onClose: () => void;
  onCopy: (configuration: Configuration) => void;
}

/** The configuration of another build of this order, looked at before it replaces anything. */
export function CopyDialog({ draft, target, onClose, onCopy }: CopyDialogProps) {
  const t = useTexts('orders');
  const words = useLocalized();
  const others = draft.builds
    .map((build, index) => ({ ...build, index }))
    .filter(({ index }) => index !== target);
  const [source, setSource] = useState(String(others[0]?.index ?? 0));
  const [with_accessories, setAccessories] = useState(true);
  const build = draft.builds[Number(source)];
  const copy = useAsk('orders.copyConfiguration', {
    family: draft.family,
    source: build?.configuration ?? {},
    target: draft.builds[target]?.configuration ?? {},
    with_accessories,
  });
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('screens.copy_title', { build: draft.builds[target]?.build_number })}
      size="lg"
    >
      <Stack gap="sm">
        <Group align="flex-end">
          <Select
            label={t('screens.copy_from')}
            value={source}
            allowDeselect={false}
            data={others.map(({ index, build_number }) => ({
              value: String(index),
              label: build_number || `${index + 1}`,
            }))}
            onChange={value => setSource(value ?? source)}
          />
          <Checkbox
            mb={8}
            label={t('screens.with_accessories')}
            checked={with_accessories}
            onChange={event => setAccessories(event.currentTarget.checked)}
          />
        </Group>
        {copy.error && <RefusalNotice failure={failureFrom(copy.error)} />}
        {copy.data && (
          <>
            <SinkDrawing
              configuration={copy.data.configuration}
              arrangement="beside"
              title={t('screens.drawing')}
              unit={words(unitWords.in)}
            />
            <SimpleGrid cols={2}>
              <Table verticalSpacing={2}>
                <Table.Tbody>
                  {copy.data.preview.map(({ path, label, value_label }) => (
                    <Table.Tr key={path}>
                      <Table.Td c="dimmed">{words(label)}</Table.Td>
                      <Table.Td>{words(value_label)}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
              <Table verticalSpacing={2}>
                <Table.Tbody>
                  {copy.data.counts.map(({ group, label, count }) => (
                    <Table.Tr key={group}>
                      <Table.Td c="dimmed">{words(label)}</Table.Td>
                      <Table.Td ta="right">{count}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </SimpleGrid>
            {copy.data.replaces_answers && <Text size="sm">{t('screens.copy_replaces')}</Text>}
          </>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('screens.cancel')}
          </Button>
          <Button
            disabled={!copy.data}
            onClick={() => {
              if (copy.data) onCopy(copy.data.configuration);
              onClose();
            }}
          >
            {t('screens.copy')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
