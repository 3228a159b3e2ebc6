import { ActionIcon, Checkbox, Group, NativeSelect } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { z } from 'zod';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { SavePopover } from './SavePopover.tsx';

interface Props<F> {
  list: string;
  filter: F;
  shape: z.ZodType<F>;
  onChoose: (filter: F) => void;
}
/** Filters kept under a name: choose one, keep the present one, take an own one away. */
export function SavedFilters<F>({ list, filter, shape, onChoose }: Props<F>) {
  const t = useTexts('infrastructure');
  const asked = useAsk('infrastructure.listSavedViews', { list });
  const save = useCommand('infrastructure.saveSavedView');
  const remove = useCommand('infrastructure.deleteSavedView');
  const [isShared, setShared] = useState(false);
  const views = asked.data ?? [];
  const present = JSON.stringify(shape.safeParse(filter).data);
  const kept = views.find(view => JSON.stringify(shape.safeParse(view.definition).data) === present);
  const choose = (id: string) => {
    const found = shape.safeParse(views.find(view => view.saved_view_id === id)?.definition);
    if (found.success) onChoose(found.data);
  };
  const keep = async (view_name: string) => {
    const done = await save
      .run({ list, view_name, definition: filter, is_shared: isShared })
      .catch(() => null);
    if (done) void asked.refetch();
    return done !== null;
  };
  return (
    <Group gap={6}>
      {views.length > 0 && (
        <NativeSelect
          size="xs"
          aria-label={t('saved_filters.label')}
          value={kept?.saved_view_id ?? ''}
          data={[
            { value: '', label: t('saved_filters.none') },
            ...views.map(({ saved_view_id, view_name }) => ({ value: saved_view_id, label: view_name })),
          ]}
          onChange={event => choose(event.currentTarget.value)}
        />
      )}
      {kept?.is_own && (
        <ActionIcon
          variant="default"
          size="md"
          aria-label={t('saved_filters.remove', { name: kept.view_name })}
          loading={remove.pending}
          onClick={() =>
            void remove.run({ saved_view_id: kept.saved_view_id }).then(
              () => asked.refetch(),
              () => undefined,
            )
          }
        >
          <IconTrash size={16} />
        </ActionIcon>
      )}
      <SavePopover
        label={t('saved_filters.save')}
        nameLabel={t('saved_filters.name')}
        saveLabel={t('saved_filters.keep')}
        pending={save.pending}
        onSave={keep}
      >
        <Checkbox
          size="xs"
          label={t('saved_filters.shared')}
          checked={isShared}
          onChange={event => setShared(event.currentTarget.checked)}
        />
        <RefusalNotice failure={save.failure} />
      </SavePopover>
      <RefusalNotice failure={remove.failure} />
    </Group>
  );
}
