import { ActionIcon, Button, Checkbox, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useState } from 'react';
import type { ExportLayout, LayoutSheet } from '../../../../preload/contract/reporting.ts';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { layoutList } from './use-layouts.ts';

interface Column {
  key: string;
  heading: string;
}
interface Props {
  sheet: LayoutSheet;
  onClose: () => void;
}
/** Which columns an export has, in which order and sorted by what, kept under a name. */
export function LayoutDialog({ sheet, onClose }: Props) {
  const t = useTexts('reporting');
  const { data } = useAsk('reporting.columns', { sheet });
  return (
    <Dialog opened title={t('layout.title')} onClose={onClose}>
      {data && <Form sheet={sheet} columns={data.columns} onClose={onClose} />}
    </Dialog>
  );
}

/** The row moved one place up or down. */
export function moved<T>(list: readonly T[], at: number, by: -1 | 1): T[] {
  const to = at + by;
  const item = list[at];
  if (item === undefined || to < 0 || to >= list.length) return [...list];
  return list.toSpliced(at, 1).toSpliced(to, 0, item);
}

function Form({ sheet, columns, onClose }: Props & { columns: Column[] }) {
  const t = useTexts('reporting');
  const save = useCommand('infrastructure.saveSavedView');
  const [order, setOrder] = useState(columns);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  const [sortedBy, setSortedBy] = useState<string | null>(null);
  const [isDescending, setDescending] = useState(false);
  const chosen = order.filter(({ key }) => !left.has(key)).map(({ key }) => key);
  const keep = async () => {
    const definition: ExportLayout = {
      columns: chosen,
      sort: sortedBy === null ? null : { column: sortedBy, is_descending: isDescending },
    };
    await save.run({ list: layoutList(sheet), view_name: name.trim(), definition, is_shared: isShared });
    onClose();
  };
  const toggle = (key: string) =>
    setLeft(before =>
      before.has(key) ? new Set([...before].filter(k => k !== key)) : new Set([...before, key]),
    );
  return (
    <Stack gap="sm">
      <TextInput
        label={t('layout.name')}
        value={name}
        maxLength={80}
        onChange={event => setName(event.currentTarget.value)}
        data-autofocus
      />
      <Stack gap={2} mah={320} style={{ overflow: 'auto' }} role="group" aria-label={t('layout.columns')}>
        {order.map(({ key, heading }, at) => (
          <Group key={key} justify="space-between" wrap="nowrap" gap="xs">
            <Checkbox label={heading} checked={!left.has(key)} onChange={() => toggle(key)} />
            <Group gap={4} wrap="nowrap">
              <ActionIcon
                variant="subtle"
                disabled={at === 0}
                aria-label={t('layout.up', { column: heading })}
                onClick={() => setOrder(moved(order, at, -1))}
              >
                <IconArrowUp size={16} aria-hidden />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                disabled={at === order.length - 1}
                aria-label={t('layout.down', { column: heading })}
                onClick={() => setOrder(moved(order, at, 1))}
              >
                <IconArrowDown size={16} aria-hidden />
              </ActionIcon>
            </Group>
          </Group>
        ))}
      </Stack>
      <Group align="end" gap="sm">
        <Select
          label={t('layout.sort')}
          placeholder={t('layout.as_listed')}
          clearable
          data={order.map(({ key, heading }) => ({ value: key, label: heading }))}
          value={sortedBy}
          onChange={setSortedBy}
        />
        <Checkbox
          label={t('layout.descending')}
          checked={isDescending}
          disabled={sortedBy === null}
          onChange={event => setDescending(event.currentTarget.checked)}
          pb={8}
        />
      </Group>
      <Checkbox
        label={t('layout.shared')}
        checked={isShared}
        onChange={event => setShared(event.currentTarget.checked)}
      />
      <RefusalNotice failure={save.failure} />
      <Group justify="end" gap="xs">
        {chosen.length === 0 && <Text size="sm">{t('layout.none')}</Text>}
        <Button
          disabled={name.trim() === '' || chosen.length === 0}
          loading={save.pending}
          onClick={() => void keep().catch(() => undefined)}
        >
          {t('layout.save')}
        </Button>
      </Group>
    </Stack>
  );
}
