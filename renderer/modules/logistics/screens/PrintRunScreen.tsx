import { Button, Checkbox, Grid, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import {
  LABEL_TYPES,
  LABELS_OF,
  labelSubject,
  labelType,
  TYPED_FIELDS,
  wantedLabels,
} from '../../../../preload/contract/labels.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk } from '../../../rpc/hooks.ts';
import { formatSize } from '../../../ui/formats.ts';
import { NumberField } from '../../../ui/NumberField.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { LabelPicture } from '../parts/LabelPicture.tsx';
import { ProblemList } from '../parts/ProblemList.tsx';
import { SheetPanel } from '../parts/SheetPanel.tsx';
import { useLabelPrint } from '../parts/use-label-print.tsx';

const SERIAL_TYPES = ['LOT', 'SERIAL', 'UDI'];

/** One label or a whole run: what is filled in, how each looks, where it goes. */
export default function PrintRunScreen() {
  const t = useTexts('logistics');
  const { may } = useMe();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const type = labelType.catch('BUILD_FRONT').parse(params.get('type'));
  const given = labelSubject.catch({}).parse(Object.fromEntries(params));
  const needsOrder = LABELS_OF.order_number.includes(type);
  const isOwnSubject = given.order_id || given.material_id || given.work_center_id || given.user_id;
  const [order_number, setOrderNumber] = useState(given.order_number ?? '');
  const [fields, setFields] = useState<Record<string, string>>({ box_count: '1' });
  const [first, setFirst] = useState('');
  const [count, setCount] = useState<number | string>(1);
  const [language, setLanguage] = useState('');
  const [printer_id, setPrinter] = useState('');
  const [isVerified, setVerified] = useState(false);
  const [at, setAt] = useState(1);
  const printers = useAsk('logistics.listPrinters', {}).data?.printers ?? [];
  const typed = TYPED_FIELDS[type] ?? [];
  const serial = type === 'LOT' ? 'lot_number' : 'serial_number';
  const isRun = SERIAL_TYPES.includes(type) && first.trim() !== '';
  const wanted = wantedLabels.safeParse({
    label_type: type,
    subject: isOwnSubject || !needsOrder ? given : { order_number: order_number.trim() },
    fields: Object.fromEntries(typed.map(name => [name, fields[name] ?? ''])),
    ...(isRun && { serials: { first: first.trim(), count: Number(count) } }),
    ...(language && { language }),
  });
  const isFilled =
    wanted.success &&
    (isOwnSubject || !needsOrder || order_number.trim() !== '') &&
    (isRun || isComplete(type, fields));
  const chosen = printers.find(printer => printer.printer_id === printer_id);
  const preview = useAsk(
    'logistics.previewLabels',
    { ...(wanted.data ?? { label_type: type }), at, ...(chosen && { dpi: chosen.density_dpi }) },
    { enabled: isFilled, keepPrevious: true },
  );
  const printing = useLabelPrint(() => void navigate('/labels'));
  const shown = isFilled ? preview.data : undefined;
  const total = shown?.count ?? 0;
  const place = Math.min(at, Math.max(1, total));
  const destination = shown?.destination;
  return (
    <Stack gap="sm">
      <PageHeader
        title={t('nav.run')}
        crumbs={[{ label: t('nav.queue'), to: '/labels' }]}
        actions={
          may('labels:create') && (
            <Button
              disabled={!shown || shown.problems.length > 0 || (!destination && !chosen)}
              loading={printing.pending}
              onClick={() =>
                wanted.data &&
                printing.print(
                  {
                    ...wanted.data,
                    ...(chosen && { printer_id: chosen.printer_id }),
                    ...(isVerified && { is_verified: true }),
                  },
                  total,
                )
              }
            >
              {total > 0 ? t('run.print', { count: total }) : t('print')}
            </Button>
          )
        }
      />
      {printing.progress}
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="xs">
            <NativeSelect
              label={t('run.type')}
              value={type}
              onChange={event => {
                setParams(previous => ({ ...Object.fromEntries(previous), type: event.currentTarget.value }));
                setAt(1);
              }}
              data={LABEL_TYPES.filter(one => isOwnSubject || isOpen(one)).map(value => ({
                value,
                label: t(`types.${value}`),
              }))}
            />
            {needsOrder && !isOwnSubject && (
              <TextInput
                label={t('run.order')}
                description={t('run.order_text')}
                value={order_number}
                onChange={event => setOrderNumber(event.currentTarget.value)}
                maxLength={50}
                autoFocus
              />
            )}
            {SERIAL_TYPES.includes(type) && (
              <Group grow align="flex-end">
                <TextInput
                  label={`${t('run.first')} (${t(`fields.${serial}`)})`}
                  description={t('run.first_text')}
                  value={first}
                  onChange={event => setFirst(event.currentTarget.value)}
                  maxLength={60}
                />
                <NumberField
                  label={t('run.count')}
                  min={1}
                  max={2000}
                  allowDecimal={false}
                  value={count}
                  onChange={setCount}
                />
              </Group>
            )}
            {typed
              .filter(name => !SERIAL_TYPES.includes(type) || name !== serial)
              .map(name => (
                <TextInput
                  key={name}
                  label={t(`fields.${name}`)}
                  value={fields[name] ?? ''}
                  onChange={event => {
                    const { value } = event.currentTarget;
                    setFields(held => ({ ...held, [name]: value }));
                  }}
                  maxLength={200}
                />
              ))}
            <NativeSelect
              label={t('run.printer')}
              value={printer_id}
              onChange={event => setPrinter(event.currentTarget.value)}
              data={[
                {
                  value: '',
                  label: destination
                    ? `${destination.printer_name} · ${destination.media} (${t('run.routed')})`
                    : t('offer.no_printer'),
                },
                ...printers
                  .filter(printer => printer.is_active)
                  .map(printer => ({
                    value: printer.printer_id as string,
                    label: `${printer.printer_name} · ${t(`marks.${printer.mark}`)}`,
                  })),
              ]}
            />
            <NativeSelect
              label={t('run.language')}
              value={language}
              onChange={event => setLanguage(event.currentTarget.value)}
              data={[
                { value: '', label: t('run.usual_language') },
                { value: 'en', label: 'English' },
                { value: 'fr', label: 'Français' },
                { value: 'es', label: 'Español' },
              ]}
            />
            <Checkbox
              label={t('run.verify')}
              checked={isVerified || Boolean(destination?.is_verified)}
              disabled={Boolean(destination?.is_verified)}
              onChange={event => setVerified(event.currentTarget.checked)}
            />
            {wanted.data && shown && (
              <SheetPanel wanted={wanted.data} isReady={shown.problems.length === 0} />
            )}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="xs">
            <RefusalNotice failure={isFilled ? preview.error : null} />
            {shown ? (
              <>
                <Group justify="space-between">
                  <Text size="sm">
                    {t('run.preview_of', { at: place, count: total, title: shown.titles[place - 1] ?? '' })}
                  </Text>
                  {total > 1 && (
                    <Group gap={4}>
                      <Button
                        size="compact-sm"
                        variant="default"
                        disabled={place <= 1}
                        onClick={() => setAt(place - 1)}
                      >
                        {t('previous')}
                      </Button>
                      <Button
                        size="compact-sm"
                        variant="default"
                        disabled={place >= total}
                        onClick={() => setAt(place + 1)}
                      >
                        {t('next')}
                      </Button>
                    </Group>
                  )}
                </Group>
                <LabelPicture svg={shown.svg} name={t('run.preview')} />
                <Text size="xs" c="dimmed">
                  {formatSize(shown.width_mm, shown.height_mm)}
                </Text>
                <ProblemList problems={shown.problems} />
              </>
            ) : (
              <Text c="dimmed">{t('run.preview_empty')}</Text>
            )}
          </Stack>
        </Grid.Col>
      </Grid>
      {printing.dialog}
    </Stack>
  );
}

/** Labels of one record are printed from its page; the rest is chosen here. */
const isOpen = (type: (typeof LABEL_TYPES)[number]): boolean =>
  !['PART', 'WORK_CENTER', 'OPERATOR_BADGE'].includes(type);
const REQUIRED: Record<string, string> = { LOT: 'lot_number', SERIAL: 'serial_number', UDI: 'gtin' };
function isComplete(type: string, fields: Record<string, string>): boolean {
  const name = REQUIRED[type];
  return name === undefined || (fields[name] ?? '').trim() !== '';
}
