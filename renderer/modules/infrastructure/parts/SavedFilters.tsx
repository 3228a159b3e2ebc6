import { ActionIcon, Button, Checkbox, Group, NativeSelect, Popover, Stack, TextInput } from '@mantine/core';
import { IconDeviceFloppy, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { z } from 'zod';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';

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
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const views = asked.data ?? [];
  const present = JSON.stringify(shape.safeParse(filter).data);
  const kept = views.find(view => JSON.stringify(shape.safeParse(view.definition).data) === present);
  const choose = (id: string) => {
    const found = shape.safeParse(views.find(view => view.saved_view_id === id)?.definition);
    if (found.success) onChoose(found.data);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const done = await save
      .run({ list, view_name: name.trim(), definition: filter, is_shared: isShared })
      .catch(() => null);
    if (!done) return;
    setOpen(false);
    setName('');
    await asked.refetch();
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
      <Popover opened={isOpen} onChange={setOpen} trapFocus position="bottom-end" shadow="md">
        <Popover.Target>
          <ActionIcon
            variant="default"
            size="md"
            aria-label={t('saved_filters.save')}
            onClick={() => setOpen(!isOpen)}
          >
            <IconDeviceFloppy size={16} />
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown>
          <form onSubmit={event => void submit(event)}>
            <Stack gap="xs">
              <Group align="flex-end" gap="xs">
                <TextInput
                  size="xs"
                  label={t('saved_filters.name')}
                  maxLength={80}
                  value={name}
                  onChange={event => setName(event.currentTarget.value)}
                />
                <Button size="xs" type="submit" disabled={name.trim() === ''} loading={save.pending}>
                  {t('saved_filters.keep')}
                </Button>
              </Group>
              <Checkbox
                size="xs"
                label={t('saved_filters.shared')}
                checked={isShared}
                onChange={event => setShared(event.currentTarget.checked)}
              />
              <RefusalNotice failure={save.failure} />
            </Stack>
          </form>
        </Popover.Dropdown>
      </Popover>
      <RefusalNotice failure={remove.failure} />
    </Group>
  );
}
