import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { MaterialSummary } from '../../../../preload/contract/catalogue.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import { useTexts } from '../../../ui/texts.ts';

/** Finds an item by number, name or older number while one types. */
export function ItemPicker({ label, onPick }: { label: string; onPick: (item: MaterialSummary) => void }) {
  const t = useTexts('catalogue');
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text, 120);
  const found = useAsk(
    'catalogue.searchMaterials',
    { text: asked, limit: 20 },
    { enabled: asked.trim().length > 0, keepPrevious: true },
  );
  const items = found.data?.items ?? [];
  return (
    <Select
      aria-label={label}
      placeholder={label}
      searchable
      searchValue={text}
      onSearchChange={setText}
      filter={({ options }) => options}
      nothingFoundMessage={asked.trim() ? t('list.empty') : undefined}
      data={items.map(item => ({
        value: item.material_id,
        label: `${item.material_number} – ${item.material_name}`,
      }))}
      value={null}
      onChange={value => {
        const item = items.find(known => known.material_id === value);
        if (item) onPick(item);
        setText('');
      }}
    />
  );
}
