import {
  Button,
  FileButton,
  Group,
  Menu,
  NativeSelect,
  NavLink,
  Paper,
  ScrollArea,
  Stack,
  Text,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { LabelElement, LabelLayout } from '../../../../preload/contract/labels.ts';
import { useMe } from '../../../app/session.tsx';
import { failureFrom, type RpcFailure } from '../../../rpc/client.ts';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import type { OutputAt } from '../../../rpc/paths.ts';
import { NumberField } from '../../../ui/NumberField.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { DesignerActions } from '../parts/DesignerActions.tsx';
import { ElementForm } from '../parts/ElementForm.tsx';
import { KINDS, newElement, newImage, replaced } from '../parts/elements.rules.ts';
import { LabelCanvas } from '../parts/LabelCanvas.tsx';
import '../parts/LabelPicture.tsx';
import { monochrome } from '../parts/monochrome.ts';
import { ProblemList } from '../parts/ProblemList.tsx';

type Template = OutputAt<'logistics.getTemplate'>;
const PREVIEW_PAUSE_MS = 60;
const WIDTH_PX = 560;
const TALLEST_PX = 520;

export default function DesignerScreen() {
  const { template_id = '' } = useParams();
  const asked = useAsk('logistics.getTemplate', { template_id });
  if (!asked.data) return <RefusalNotice failure={asked.error} />;
  return <Designer key={`${template_id} ${asked.data.row_version}`} template={asked.data} />;
}

/** Elements left, the label at printer dots in the middle, the numbers of the chosen element right. */
function Designer({ template }: { template: Template }) {
  const t = useTexts('logistics');
  const { locale } = useMe();
  const navigate = useNavigate();
  const save = useCommand('logistics.saveTemplate');
  const [layout, setLayout] = useState(template.layout);
  const [chosen, setChosen] = useState<string | null>(null);
  const [language, setLanguage] = useState(locale);
  const [dpi, setDpi] = useState<203 | 300>(203);
  const [failure, setFailure] = useState<RpcFailure | null>(null);
  const [drawn] = useDebouncedValue(layout, PREVIEW_PAUSE_MS);
  const { label_type, template_id, template_name, row_version } = template;
  const preview = useAsk(
    'logistics.previewTemplate',
    { label_type, layout: drawn, language, dpi },
    { keepPrevious: true },
  );
  const isDirty = layout !== template.layout;
  const element = layout.elements.find(one => one.key === chosen);
  const add = (made: LabelElement) => {
    setLayout(held => ({ ...held, elements: [...held.elements, made] }));
    setChosen(made.key);
  };
  const store = () =>
    void save.run({ template_id, layout, template_name, row_version }).then(
      saved => {
        setFailure(null);
        if (saved.template_id !== template_id) void navigate(`/admin/labels/${saved.template_id}`);
      },
      error => setFailure(failureFrom(error)),
    );
  const width_px = Math.min(WIDTH_PX, (TALLEST_PX * layout.width_mm) / layout.height_mm);
  return (
    <Stack gap="sm">
      <PageHeader
        title={`${template.template_code} V${template.template_version}`}
        subtitle={template.template_name[locale]}
        crumbs={[{ label: t('nav.templates'), to: '/admin/labels' }]}
        status={
          <StatusBadge
            label={t(`statuses.${template.status}`)}
            tone={template.status === 'APPROVED' ? 'good' : 'neutral'}
          />
        }
        actions={
          <DesignerActions
            template={template}
            isDirty={isDirty}
            language={language}
            onSave={store}
            onFailure={setFailure}
          />
        }
      />
      <RefusalNotice failure={failure ?? preview.error} onClose={() => setFailure(null)} />
      {template.status === 'APPROVED' && (
        <Text size="sm" c="dimmed">
          {t('designer.read_only')}
        </Text>
      )}
      <Group align="flex-start" gap="md" wrap="nowrap">
        <Paper withBorder p={4} w={190} style={{ flexShrink: 0 }}>
          <Group justify="space-between" p={4}>
            <Text size="sm" fw={600}>
              {t('designer.elements')}
            </Text>
            <AddMenu
              onAdd={kind => add(newElement(kind, layout, label_type))}
              onImage={file => void monochrome(file).then(image => add(newImage(layout, image)))}
            />
          </Group>
          <ScrollArea.Autosize mah={460}>
            {layout.elements.map(one => (
              <NavLink
                key={one.key}
                component="button"
                active={one.key === chosen}
                label={one.key.replaceAll('_', ' ')}
                description={t(`designer.kinds.${one.kind}`)}
                py={3}
                onClick={() => setChosen(one.key)}
              />
            ))}
          </ScrollArea.Autosize>
        </Paper>
        <Stack gap="xs" style={{ flex: 1, minWidth: 0 }}>
          <Group gap="xs" align="flex-end">
            <SizeInputs layout={layout} onChange={setLayout} />
            <NativeSelect
              size="xs"
              label={t('printers.density')}
              value={String(dpi)}
              onChange={event => setDpi(event.currentTarget.value === '300' ? 300 : 203)}
              data={[203, 300].map(value => ({
                value: `${value}`,
                label: t('designer.at_density', { dpi: value }),
              }))}
            />
            <NativeSelect
              size="xs"
              label={t('run.language')}
              value={language}
              onChange={event =>
                setLanguage(
                  (['en', 'fr', 'es'] as const).find(one => one === event.currentTarget.value) ?? 'en',
                )
              }
              data={[
                { value: 'en', label: 'English' },
                { value: 'fr', label: 'Français' },
                { value: 'es', label: 'Español' },
              ]}
            />
          </Group>
          <LabelCanvas
            layout={layout}
            svg={preview.data?.svg ?? ''}
            chosen={chosen}
            onChoose={setChosen}
            onChange={setLayout}
            width_px={width_px}
          />
          <ProblemList problems={preview.data?.problems ?? []} />
        </Stack>
        {element && (
          <Paper withBorder p="xs" w={290} style={{ flexShrink: 0 }}>
            <Group justify="space-between" mb={6}>
              <Text size="sm" fw={600}>
                {element.key.replaceAll('_', ' ')}
              </Text>
              <Button
                size="compact-xs"
                variant="subtle"
                color="red"
                onClick={() => {
                  setLayout({ ...layout, elements: layout.elements.filter(one => one.key !== element.key) });
                  setChosen(null);
                }}
              >
                {t('designer.remove')}
              </Button>
            </Group>
            <ElementForm
              element={element}
              type={label_type}
              onChange={next => setLayout(replaced(layout, element.key, next))}
            />
          </Paper>
        )}
      </Group>
    </Stack>
  );
}

function SizeInputs({ layout, onChange }: { layout: LabelLayout; onChange: (layout: LabelLayout) => void }) {
  const t = useTexts('logistics');
  return (['width_mm', 'height_mm'] as const).map(key => (
    <NumberField
      key={key}
      size="xs"
      w={130}
      label={`${t('designer.label_size')}: ${t(`designer.parts.${key}`)}`}
      min={5}
      max={300}
      decimalScale={1}
      value={layout[key]}
      onChange={value => {
        if (Number(value) >= 5) onChange({ ...layout, [key]: Number(value) });
      }}
    />
  ));
}

interface AddProps {
  onAdd: (kind: Exclude<(typeof KINDS)[number], 'image'>) => void;
  onImage: (file: File) => void;
}
function AddMenu({ onAdd, onImage }: AddProps) {
  const t = useTexts('logistics');
  return (
    <Menu closeOnItemClick>
      <Menu.Target>
        <Button size="compact-xs" variant="default">
          {t('designer.add')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {KINDS.map(kind =>
          kind === 'image' ? (
            <FileButton key={kind} accept="image/png,image/jpeg" onChange={file => file && onImage(file)}>
              {props => (
                <Menu.Item closeMenuOnClick={false} {...props}>
                  {t('designer.image_file')}
                </Menu.Item>
              )}
            </FileButton>
          ) : (
            <Menu.Item key={kind} onClick={() => onAdd(kind)}>
              {t(`designer.kinds.${kind}`)}
            </Menu.Item>
          ),
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
