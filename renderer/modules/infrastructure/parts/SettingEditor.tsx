import { Button, Group, JsonInput, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useMe } from '../../../app/session.tsx';
import { useCommand } from '../../../rpc/hooks.ts';
import type { OutputAt } from '../../../rpc/paths.ts';
import { formatInstant } from '../../../ui/formats.ts';
import { NumberField } from '../../../ui/NumberField.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';

export type Setting = OutputAt<'infrastructure.listSettings'>[number];
const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** One setting: what it is for, its value, its default, who changed it and why. */
export function SettingEditor({ setting, mayEdit }: { setting: Setting; mayEdit: boolean }) {
  const t = useTexts('infrastructure');
  const me = useMe();
  const save = useCommand('infrastructure.saveSetting');
  const back = useCommand('infrastructure.resetSetting');
  const [text, setText] = useState(textOf(setting.value));
  const [reason, setReason] = useState('');
  const name = t(`settings.${setting.key}.name`);
  const isDirty = text !== textOf(setting.value);
  const { key } = setting;
  return (
    <Stack gap={6} component="section" aria-label={name}>
      <Group justify="space-between" align="flex-start" gap="lg">
        <div style={{ flex: '1 1 320px' }}>
          <Text fw={600}>{name}</Text>
          <Text size="sm" c="dimmed">
            {t(`settings.${key}.description`)}
          </Text>
          <Text size="xs" c="dimmed">
            <span style={{ fontFamily: 'monospace' }}>{key}</span> ·{' '}
            {t('settings_page.default', { value: textOf(setting.default_value) })}
            {setting.minimum !== null &&
              setting.maximum !== null &&
              ` · ${t('settings_page.range', { minimum: setting.minimum, maximum: setting.maximum })}`}
          </Text>
        </div>
        <div style={{ flex: '0 1 320px' }}>
          <Field setting={setting} label={name} text={text} onChange={setText} disabled={!mayEdit} />
        </div>
      </Group>
      {!setting.is_default && (
        <Group gap="xs">
          <Text size="sm">
            {t('settings_page.changed', {
              name: setting.changed_by ?? '',
              at: formatInstant(setting.changed_at_ms, me.timezone),
            })}
            {setting.reason && ` · ${setting.reason}`}
          </Text>
          {mayEdit && (
            <Button
              variant="subtle"
              size="compact-sm"
              loading={back.pending}
              onClick={() => back.run({ key }).catch(() => undefined)}
            >
              {t('settings_page.reset')}
            </Button>
          )}
        </Group>
      )}
      {isDirty && mayEdit && (
        <Group gap="xs" align="flex-end">
          <TextInput
            size="xs"
            label={t('settings_page.reason')}
            maxLength={500}
            value={reason}
            onChange={event => setReason(event.currentTarget.value)}
            style={{ flex: 1 }}
          />
          <Button size="xs" variant="default" onClick={() => setText(textOf(setting.value))}>
            {t('cancel')}
          </Button>
          <Button
            size="xs"
            loading={save.pending}
            onClick={() => save.run({ key, value: text, reason }).catch(() => undefined)}
          >
            {t('save')}
          </Button>
        </Group>
      )}
      <RefusalNotice failure={save.failure ?? back.failure} onClose={save.reset} />
    </Stack>
  );
}

interface FieldProps {
  setting: Setting;
  label: string;
  text: string;
  onChange: (text: string) => void;
  disabled: boolean;
}
function Field({ setting, label, text, onChange, disabled }: FieldProps) {
  const t = useTexts('infrastructure');
  if (setting.choices) {
    const data = setting.choices.map(value => ({
      value,
      label: t(`settings.${setting.key}.choices.${value}`, { defaultValue: value }),
    }));
    return (
      <Select
        aria-label={label}
        allowDeselect={false}
        data={data}
        value={text}
        onChange={value => value && onChange(value)}
        disabled={disabled}
      />
    );
  }
  switch (setting.type) {
    case 'INTEGER':
      return (
        <NumberField
          aria-label={label}
          min={setting.minimum ?? undefined}
          max={setting.maximum ?? undefined}
          clampBehavior="none"
          allowDecimal={false}
          value={text}
          onChange={value => onChange(String(value))}
          disabled={disabled}
        />
      );
    case 'BOOLEAN':
      return (
        <Switch
          aria-label={label}
          checked={text === 'true'}
          onChange={event => onChange(String(event.currentTarget.checked))}
          disabled={disabled}
        />
      );
    case 'JSON':
      return (
        <JsonInput
          aria-label={label}
          autosize
          minRows={1}
          maxRows={10}
          value={text}
          onChange={onChange}
          disabled={disabled}
        />
      );
    case 'STRING':
      return (
        <TextInput
          aria-label={label}
          value={text}
          onChange={event => onChange(event.currentTarget.value)}
          disabled={disabled}
        />
      );
  }
}
