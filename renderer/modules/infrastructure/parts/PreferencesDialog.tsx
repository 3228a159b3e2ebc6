import { Checkbox, Group, Select, Switch, Table, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { notificationPace, notificationRow } from '../../../../preload/contract/infrastructure.ts';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import type { OutputAt } from '../../../rpc/paths.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';

type Preference = OutputAt<'infrastructure.notificationPreferences'>;
const TYPES = notificationRow.shape.notification_type.options;
const PACES = notificationPace.options;
const AT_ONCE = { is_wanted: true, pace: 'IMMEDIATE' } as const;

/** What one wants to be told of, how often, and when not. */
export function PreferencesDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts('infrastructure');
  const held = useAsk('infrastructure.notificationPreferences', {});
  return (
    <Dialog opened onClose={onClose} size="lg" title={t('notifications.preferences_title')}>
      <RefusalNotice failure={held.error} />
      {held.data && <Preferences held={held.data} onClose={onClose} />}
    </Dialog>
  );
}

function Preferences({ held, onClose }: { held: Preference; onClose: () => void }) {
  const t = useTexts('infrastructure');
  const words = useTexts('app');
  const save = useCommand('infrastructure.savePreferences');
  const [choices, setChoices] = useState(held.choices);
  const [isQuiet, setQuiet] = useState(held.quiet_from_min !== null);
  const [from, setFrom] = useState(clockOf(held.quiet_from_min ?? 22 * 60));
  const [to, setTo] = useState(clockOf(held.quiet_to_min ?? 6 * 60));
  const isReady = !isQuiet || (minutesOf(from) !== null && minutesOf(to) !== null);
  const submit = () =>
    void save
      .run({
        choices,
        quiet_from_min: isQuiet ? minutesOf(from) : null,
        quiet_to_min: isQuiet ? minutesOf(to) : null,
      })
      .then(onClose, () => undefined);
  return (
    <DialogForm
      onSubmit={submit}
      onCancel={onClose}
      submitLabel={t('save')}
      isReady={isReady}
      pending={save.pending}
      failure={save.failure}
    >
      <Text size="sm">{t('notifications.preferences_text')}</Text>
      <Table verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('notifications.type')}</Table.Th>
            <Table.Th>{t('notifications.pace')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {TYPES.map(type => {
            const choice = choices[type] ?? AT_ONCE;
            const name = words(`bell.types.${type}`);
            return (
              <Table.Tr key={type}>
                <Table.Td>
                  <Checkbox
                    label={name}
                    checked={choice.is_wanted}
                    onChange={event =>
                      setChoices({
                        ...choices,
                        [type]: { ...choice, is_wanted: event.currentTarget.checked },
                      })
                    }
                  />
                </Table.Td>
                <Table.Td>
                  <Select
                    aria-label={`${t('notifications.pace')}: ${name}`}
                    allowDeselect={false}
                    disabled={!choice.is_wanted}
                    data={PACES.map(value => ({
                      value,
                      label: t(`notifications.paces.${value}`),
                    }))}
                    value={choice.pace}
                    onChange={value => {
                      const pace = PACES.find(known => known === value);
                      if (pace) setChoices({ ...choices, [type]: { ...choice, pace } });
                    }}
                  />
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
      <Switch
        label={t('notifications.quiet')}
        checked={isQuiet}
        onChange={event => setQuiet(event.currentTarget.checked)}
      />
      {isQuiet && (
        <Group gap="xs">
          <TextInput
            type="time"
            label={t('notifications.quiet_from')}
            value={from}
            onChange={event => setFrom(event.currentTarget.value)}
          />
          <TextInput
            type="time"
            label={t('notifications.quiet_to')}
            value={to}
            onChange={event => setTo(event.currentTarget.value)}
          />
        </Group>
      )}
      <Text size="xs" c="dimmed">
        {t('notifications.urgent_text')}
      </Text>
    </DialogForm>
  );
}

const two = (n: number): string => String(n).padStart(2, '0');
const clockOf = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
function minutesOf(clock: string): number | null {
  const found = /^(\d{2}):(\d{2})/.exec(clock);
  return found ? Number(found[1]) * 60 + Number(found[2]) : null;
}
