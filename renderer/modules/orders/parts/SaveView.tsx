import { ActionIcon, Button, Group, Popover, TextInput } from '@mantine/core';
import { IconDeviceFloppy } from '@tabler/icons-react';
import { useState } from 'react';
import { useCommand } from '../../../rpc/hooks.ts';
import { useTexts } from '../../../ui/texts.ts';
import type { ListDefinition } from './order-views.ts';

interface SaveViewProps {
  list: string;
  definition: ListDefinition;
  onSaved: (id: string) => void;
  removable: string | null;
}
/** Keeps what the list shows now under a name; takes the chosen view away again. */
export function SaveView({ list, definition, onSaved, removable }: SaveViewProps) {
  const t = useTexts('orders');
  const [name, setName] = useState('');
  const [isOpen, setOpen] = useState(false);
  const save = useCommand('infrastructure.saveSavedView');
  const remove = useCommand('infrastructure.deleteSavedView');
  const submit = async () => {
    const done = await save.run({ list, view_name: name.trim(), definition }).catch(() => null);
    if (!done) return;
    setOpen(false);
    setName('');
    onSaved(done.saved_view_id);
  };
  return (
    <>
      {removable && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          onClick={() =>
            void remove.run({ saved_view_id: removable }).then(
              () => onSaved('all'),
              () => undefined,
            )
          }
        >
          {t('screens.remove_view')}
        </Button>
      )}
      <Popover opened={isOpen} onChange={setOpen} trapFocus position="bottom-end" shadow="md">
        <Popover.Target>
          <ActionIcon
            variant="default"
            size="md"
            aria-label={t('screens.save_view')}
            onClick={() => setOpen(!isOpen)}
          >
            <IconDeviceFloppy size={16} />
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown>
          <form
            onSubmit={event => {
              event.preventDefault();
              void submit();
            }}
          >
            <Group align="flex-end" gap="xs">
              <TextInput
                size="xs"
                label={t('screens.view_name')}
                maxLength={80}
                value={name}
                onChange={event => setName(event.currentTarget.value)}
              />
              <Button size="xs" type="submit" disabled={name.trim() === ''} loading={save.pending}>
                {t('screens.save')}
              </Button>
            </Group>
          </form>
        </Popover.Dropdown>
      </Popover>
    </>
  );
}
