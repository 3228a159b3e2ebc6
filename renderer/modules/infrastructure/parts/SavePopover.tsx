import { ActionIcon, Button, Group, Popover, Stack, TextInput } from '@mantine/core';
import { IconDeviceFloppy } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, useState } from 'react';

interface SavePopoverProps {
  /** Of the button that opens it. */
  label: string;
  nameLabel: string;
  saveLabel: string;
  pending: boolean;
  /** Answers whether it is kept; then the popover closes. */
  onSave: (view_name: string) => Promise<boolean>;
  children?: ReactNode;
}
/** Asks for the name under which what is shown now is kept. */
export function SavePopover({ label, nameLabel, saveLabel, pending, onSave, children }: SavePopoverProps) {
  const [name, setName] = useState('');
  const [isOpen, setOpen] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await onSave(name.trim()))) return;
    setOpen(false);
    setName('');
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} trapFocus position="bottom-end" shadow="md">
      <Popover.Target>
        <ActionIcon variant="default" size="md" aria-label={label} onClick={() => setOpen(!isOpen)}>
          <IconDeviceFloppy size={16} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={event => void submit(event)}>
          <Stack gap="xs">
            <Group align="flex-end" gap="xs">
              <TextInput
                size="xs"
                label={nameLabel}
                maxLength={80}
                value={name}
                onChange={event => setName(event.currentTarget.value)}
              />
              <Button size="xs" type="submit" disabled={name.trim() === ''} loading={pending}>
                {saveLabel}
              </Button>
            </Group>
            {children}
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
