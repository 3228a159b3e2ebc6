import {
  ActionIcon,
  Badge,
  Box,
  Button,
  Center,
  Fieldset,
  Group,
  Paper,
  SimpleGrid,
  Stack,
  Text,
} from '@mantine/core';
import { useViewportSize } from '@mantine/hooks';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { type ModelField, type ModelGroup, unitWords } from '../../../../preload/contract/product-model.ts';
import { useLocalized } from '../../../ui/localized.ts';
import { useTexts } from '../../../ui/texts.ts';
import { fieldAt, type OrderForm, valueAt, valueLabel } from './answers.ts';
import { FieldInput } from './FieldInput.tsx';
import { focusAnswer } from './focus-answer.ts';
import { SinkDrawing } from './SinkDrawing.tsx';
import { rowsIn, sinkGeometry } from './sink-geometry.ts';
import type { Configurator } from './use-configurator.ts';

/** The sink model counts these rows; they are neither added nor removed by hand. */
const COUNTED_GROUPS = new Set(['basins']);
const MIN_DRAWING_PX = 150;
const MAX_DRAWING_PX = 320;
const HEADER_SECTIONS = new Set(['order']);
export const isAccessoryGroup = (group: ModelGroup) => group.fields.some(({ kind }) => kind === 'item');

export function ConfigurationForm({ form, configurator }: { form: OrderForm; configurator: Configurator }) {
  const words = useLocalized();
  const { shown, judged } = configurator;
  const accessorySections = new Set(form.groups.filter(isAccessoryGroup).map(({ section }) => section));
  const sections = form.sections.filter(
    ({ name }) => !HEADER_SECTIONS.has(name) && !accessorySections.has(name),
  );
  const errors = new Map(
    (judged?.evaluation.verdicts ?? [])
      .filter(({ kind }) => kind === 'error')
      .map(({ path, message }) => [path, words(message)]),
  );
  const fieldProps = (field: ModelField, path: string) => ({
    field,
    path,
    value: valueAt(shown, path),
    state: judged?.evaluation.fields[path],
    error: errors.get(path),
    onAnswer: configurator.answer,
  });
  return (
    <Stack gap="sm">
      <DrawnConfiguration form={form} configurator={configurator} />
      {sections.map(section => (
        <Fieldset key={section.name} legend={words(section.label)} px="sm" py="xs">
          <Group gap="md" align="flex-start">
            {form.fields
              .filter(field => field.section === section.name)
              .filter(field => judged?.evaluation.fields[field.name]?.visible ?? true)
              .map(field => (
                <Box key={field.name} data-answer={field.name} maw="100%">
                  <FieldInput {...fieldProps(field, field.name)} />
                </Box>
              ))}
          </Group>
          {form.groups
            .filter(group => group.section === section.name)
            .map(group => (
              <GroupRows key={group.name} group={group} configurator={configurator} fieldProps={fieldProps} />
            ))}
        </Fieldset>
      ))}
    </Stack>
  );
}

interface GroupRowsProps {
  group: ModelGroup;
  configurator: Configurator;
  fieldProps: (field: ModelField, path: string) => Parameters<typeof FieldInput>[0];
}

function GroupRows({ group, configurator, fieldProps }: GroupRowsProps) {
  const t = useTexts('orders');
  const words = useLocalized();
  const rows = rowsIn(configurator.shown, group.name);
  const isCounted = COUNTED_GROUPS.has(group.name);
  // Rows a rule added stand behind those given by hand and are not stored.
  const ownRows = rows.filter(row => typeof row.auto_rule !== 'string').length;
  const fields = configurator.judged?.evaluation.fields ?? {};
  return (
    <Stack gap="xs" data-answer={group.name} tabIndex={-1}>
      {rows.length === 0 && (
        <Text size="sm" c="dimmed">
          {isCounted ? t('screens.rows_follow_model') : t('screens.no_rows', { group: words(group.label) })}
        </Text>
      )}
      <SimpleGrid cols={isCounted ? { base: 1, xs: 2, lg: 3 } : 1} spacing="xs">
        {rows.map((row, index) => {
          const name = `${words(group.row_label)} ${index + 1}`;
          return (
            <Paper
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place, left to right
              key={index}
              withBorder
              p="xs"
              role="group"
              aria-label={name}
              data-answer={`${group.name}[${index}]`}
            >
              <Group justify="space-between" mb={4}>
                <Text size="sm" fw={600}>
                  {name}
                </Text>
                {typeof row.auto_rule === 'string' && (
                  <Badge size="sm" variant="light" color="teal" tt="none">
                    {t(`screens.auto.${row.auto_rule}`, {
                      defaultValue: t('screens.auto.other', { rule: row.auto_rule }),
                    })}
                  </Badge>
                )}
                {!isCounted && typeof row.auto_rule !== 'string' && (
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t('screens.remove_row', { row: name })}
                    onClick={() => configurator.answer(`${group.name}[${index}]`, null)}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                )}
              </Group>
              <Group gap="sm" align="flex-start">
                {group.fields
                  .filter(
                    field => fields[`${group.name}[${index}].${field.name}`]?.visible ?? !field.visible_when,
                  )
                  .map(field => {
                    const path = `${group.name}[${index}].${field.name}`;
                    return (
                      <Box key={field.name} data-answer={path}>
                        <FieldInput {...fieldProps(field, path)} isCompact />
                      </Box>
                    );
                  })}
              </Group>
            </Paper>
          );
        })}
      </SimpleGrid>
      {!isCounted && rows.length < group.max_rows && (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => configurator.answer(`${group.name}[${ownRows}]`, newRow(group))}
        >
          {t('screens.add_row', { row: words(group.row_label) })}
        </Button>
      )}
    </Stack>
  );
}

const newRow = (group: ModelGroup) =>
  Object.fromEntries(
    group.fields.filter(({ default: value }) => value !== null).map(field => [field.name, field.default]),
  );

function DrawnConfiguration({ form, configurator }: { form: OrderForm; configurator: Configurator }) {
  const t = useTexts('orders');
  const words = useLocalized();
  const [selected, setSelected] = useState<number | null>(null);
  const { height } = useViewportSize();
  const height_px = Math.min(MAX_DRAWING_PX, Math.max(MIN_DRAWING_PX, Math.round(height * 0.27)));
  const { shown } = configurator;
  const text = (path: string) => valueLabel(fieldAt(form, path), valueAt(shown, path), words);
  return (
    <Paper withBorder h={height_px + 10} p={4} pos="sticky" top={0} style={{ zIndex: 2 }}>
      {!sinkGeometry(shown) && (
        <Center h="100%" px="md">
          <Text size="sm" c="dimmed" ta="center">
            {t('screens.drawing_appears')}
          </Text>
        </Center>
      )}
      <SinkDrawing
        configuration={shown}
        arrangement="beside"
        height_px={height_px}
        title={t('screens.drawing')}
        unit={words(unitWords.in)}
        pegboardText={shown.pegboard_color ? text('pegboard_color') : ''}
        legsText={shown.legs_model ? text('legs_model') : ''}
        selectedBasin={selected}
        basinName={index => t('screens.edit_basin', { index: index + 1 })}
        onBasin={index => {
          setSelected(index);
          focusAnswer(`basins[${index}]`);
        }}
      />
    </Paper>
  );
}
