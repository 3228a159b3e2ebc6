import { Alert, Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { QrCode } from '../print/parts/QrCode.tsx';
import { NumberField } from '../ui/NumberField.tsx';
import { useTexts } from '../ui/texts.ts';
import { CALIBRATION_TEXT, type Calibration, calibrate } from './calibration.ts';
import {
  DEFAULTS,
  type ScannerSettings as Settings,
  SUFFIXES,
  scannerSettings,
  storedSettings,
  storeSettings,
} from './scanner-settings.ts';
import { onCalibration } from './use-scan-desk.ts';

/** How the scanner of this computer types, set by hand or by scanning the barcode shown here. */
export function ScannerSettings({ onDone }: { onDone: () => void }) {
  const t = useTexts('scan');
  const [settings, setSettings] = useState<Settings>(storedSettings);
  const [result, setResult] = useState<Calibration | null>(null);
  const change = (patch: Partial<Settings>) => setSettings(now => ({ ...now, ...patch }));
  useEffect(
    () =>
      onCalibration(strokes => {
        const found = calibrate(strokes);
        setResult(found);
        if (found.kind !== 'good') return;
        const { kind: _, ...learnt } = found;
        setSettings(now => ({ ...now, ...learnt }));
      }),
    [],
  );
  const checked = scannerSettings.safeParse(settings);
  const suffixes = SUFFIXES.map(suffix => ({ suffix, isOn: settings.suffixes.includes(suffix) }));
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t('settings.text')}
      </Text>
      <Group align="flex-start" wrap="nowrap" gap="lg">
        <Stack gap={6} w={190} style={{ flex: '0 0 auto' }}>
          <QrCode text={CALIBRATION_TEXT} label={t('settings.calibrate')} />
          <Text fw={600}>{t('settings.calibrate')}</Text>
          <Text size="sm" c="dimmed">
            {t('settings.calibrate_text')}
          </Text>
        </Stack>
        <Stack gap="sm" style={{ flex: 1 }}>
          {result && <Result result={result} />}
          <NumberField
            label={t('settings.gap')}
            description={t('settings.gap_text')}
            min={5}
            max={200}
            value={settings.max_gap_ms}
            onChange={value => change({ max_gap_ms: Number(value) })}
          />
          <NumberField
            label={t('settings.least')}
            min={3}
            max={30}
            value={settings.min_characters}
            onChange={value => change({ min_characters: Number(value) })}
          />
          <Checkbox.Group
            label={t('settings.suffix')}
            value={suffixes.filter(({ isOn }) => isOn).map(({ suffix }) => suffix)}
            onChange={chosen => change({ suffixes: SUFFIXES.filter(suffix => chosen.includes(suffix)) })}
          >
            <Group mt={4}>
              {suffixes.map(({ suffix }) => (
                <Checkbox key={suffix} value={suffix} label={t(`settings.suffixes.${suffix}`)} />
              ))}
            </Group>
          </Checkbox.Group>
          <TextInput
            label={t('settings.substitute')}
            description={t('settings.substitute_text')}
            maxLength={3}
            autoComplete="off"
            value={settings.substitute}
            onChange={event => change({ substitute: event.currentTarget.value })}
          />
          <Checkbox
            label={t('settings.keeps')}
            checked={settings.keeps_separators}
            onChange={event => change({ keeps_separators: event.currentTarget.checked })}
          />
          <Checkbox
            label={t('settings.sound')}
            checked={settings.has_sound}
            onChange={event => change({ has_sound: event.currentTarget.checked })}
          />
        </Stack>
      </Group>
      <Group justify="flex-end">
        <Button variant="default" onClick={() => setSettings(DEFAULTS)}>
          {t('settings.reset')}
        </Button>
        <Button
          disabled={!checked.success}
          onClick={() => {
            storeSettings(scannerSettings.parse(settings));
            onDone();
          }}
        >
          {t('settings.save')}
        </Button>
      </Group>
    </Stack>
  );
}

function Result({ result }: { result: Calibration }) {
  const t = useTexts('scan');
  const words = (): string[] => {
    switch (result.kind) {
      case 'lost':
        return [t('settings.result.lost', { count: result.missing })];
      case 'mixed':
        return [t('settings.result.mixed', { characters: result.characters.join(' ') })];
      case 'good': {
        const count = Object.keys(result.keyboard).length;
        const { keeps_separators, substitute } = result;
        return [
          count === 0 ? t('settings.result.same') : t('settings.result.mapped', { count }),
          keeps_separators
            ? substitute === ''
              ? t('settings.result.separators')
              : t('settings.result.substituted', { substitute })
            : t('settings.result.no_separators'),
        ];
      }
    }
  };
  return (
    <Alert role="status" color={result.kind === 'good' ? 'green' : 'orange'} variant="light">
      {words().map(line => (
        <div key={line}>{line}</div>
      ))}
    </Alert>
  );
}
