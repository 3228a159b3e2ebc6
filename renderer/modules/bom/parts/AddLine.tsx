import { Autocomplete, Button, Group, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { BomHeader } from '../../../../preload/contract/bom.ts';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { parseQuantity } from '../../../ui/formats.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';

/** One more line, found in the catalogue by number or name. */
export function AddLine({ header }: { header: BomHeader }) {
  const t = useTexts('bom');
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [quantity, setQuantity] = useState('1');
  const [notes, setNotes] = useState('');
  const [settled] = useDebouncedValue(text, 120);
  const found = useAsk(
    'catalogue.searchMaterials',
    { text: settled, limit: 12 },
    { enabled: isOpen && settled.length >= 2 },
  );
  const add = useCommand('bom.addLine');
  const items = found.data?.items ?? [];
  const parsed = parseQuantity(quantity);
  const submit = async () => {
    if (!parsed || parsed <= 0) return;
    const done = await add
      .run({
        bom_id: header.bom_id,
        expected_version: header.row_version,
        item_id: text.trim(),
        quantity_e6: parsed,
        notes,
      })
      .catch(() => null);
    if (!done) return;
    setOpen(false);
    setText('');
    setQuantity('1');
    setNotes('');
  };
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPlus size={14} />}
        onClick={() => setOpen(true)}
      >
        {t('screens.add_line')}
      </Button>
      <Dialog opened={isOpen} onClose={() => setOpen(false)} title={t('screens.add_line')}>
        <form
          onSubmit={event => {
            event.preventDefault();
            void submit();
          }}
        >
          <Stack gap="sm">
            <Autocomplete
              data-autofocus
              label={t('screens.item')}
              description={t('screens.add_line_text')}
              value={text}
              onChange={setText}
              data={[...new Set(items.map(({ material_number }) => material_number))]}
              filter={({ options }) => options}
              renderOption={({ option }) =>
                `${option.value} · ${items.find(item => item.material_number === option.value)?.material_name ?? ''}`
              }
            />
            <TextInput
              label={t('screens.columns.quantity_e6')}
              value={quantity}
              inputMode="decimal"
              error={parsed === undefined || parsed <= 0 ? t('screens.quantity_invalid') : undefined}
              onChange={event => setQuantity(event.currentTarget.value)}
            />
            <TextInput
              label={t('screens.columns.notes')}
              maxLength={500}
              value={notes}
              onChange={event => setNotes(event.currentTarget.value)}
            />
            <RefusalNotice failure={add.failure} />
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setOpen(false)}>
                {t('screens.cancel')}
              </Button>
              <Button type="submit" loading={add.pending} disabled={text.trim() === ''}>
                {t('screens.add_line')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Dialog>
    </>
  );
}
