import {
  ActionIcon,
  Badge,
  Box,
  Group,
  Paper,
  ScrollArea,
  Select,
  Stack,
  Table,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { IconPlus, IconSearch, IconTrash } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useLocalized } from '../../../ui/localized.ts';
import { NumberField } from '../../../ui/NumberField.tsx';
import { useTexts } from '../../../ui/texts.ts';
import type { OrderForm } from './answers.ts';
import { isAccessoryGroup } from './ConfigurationForm.tsx';
import { rowsIn } from './sink-geometry.ts';
import type { Configurator } from './use-configurator.ts';
import { VerdictList } from './VerdictList.tsx';

const ALL = '*';

/** The library of a build's accessories: found by word or kind, counted in the list, hints beside them. */
export function StepAccessories({ form, configurator }: { form: OrderForm; configurator: Configurator }) {
  const t = useTexts('orders');
  const words = useLocalized();
  const [text, setText] = useState('');
  const [subcategory, setSubcategory] = useState(ALL);
  /** The button that added an item gives its place, and with it the cursor, to the quantity. */
  const [added, setAdded] = useState<string | null>(null);
  const group = form.groups.find(isAccessoryGroup);
  const field = group?.fields.find(({ kind }) => kind === 'item');
  const { shown, judged, answer } = configurator;
  const rows = group ? rowsIn(shown, group.name) : [];
  const fields = judged?.evaluation.fields;
  const found = useMemo(() => {
    const parts = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    return (field?.options ?? []).filter(option => {
      if (subcategory !== ALL && option.subcategory !== subcategory) return false;
      const hay = `${option.value} ${words(option.label)}`.toLocaleLowerCase();
      return parts.every(part => hay.includes(part));
    });
  }, [field, text, subcategory, words]);
  if (!group || !field) return <Text c="dimmed">{t('screens.no_accessories')}</Text>;

  const states = new Map(
    fields?.[`${group.name}[*].${field.name}`]?.options?.map(state => [state.value, state]),
  );
  const rowOf = (value: string) => rows.findIndex(row => row[field.name] === value);
  const setQuantity = (value: string, quantity: number) => {
    const index = rowOf(value);
    if (quantity < 1) {
      if (index >= 0) answer(`${group.name}[${index}]`, null);
      return;
    }
    if (index >= 0) answer(`${group.name}[${index}].quantity`, quantity);
    else answer(`${group.name}[${rows.length}]`, { [field.name]: value, quantity });
  };
  const pieces = rows.reduce((sum, row) => sum + (typeof row.quantity === 'number' ? row.quantity : 0), 0);
  const hints = (judged?.evaluation.verdicts ?? []).filter(({ path }) => path.startsWith(group.name));
  return (
    <Group align="stretch" gap="sm" wrap="nowrap" h="100%" style={{ minHeight: 0 }}>
      <Stack gap="xs" style={{ flex: 1, minWidth: 0, minHeight: 0 }}>
        <Group gap="xs">
          <TextInput
            aria-label={t('screens.search_accessories')}
            placeholder={t('screens.search_accessories')}
            leftSection={<IconSearch size={16} />}
            value={text}
            onChange={event => setText(event.currentTarget.value)}
            style={{ flex: 1, minWidth: 120 }}
          />
          <Select
            aria-label={t('screens.subcategory')}
            w={150}
            allowDeselect={false}
            value={subcategory}
            onChange={value => setSubcategory(value ?? ALL)}
            data={[
              { value: ALL, label: t('screens.all') },
              ...form.accessory_subcategories.map(({ code, label }) => ({
                value: code,
                label: words(label),
              })),
            ]}
          />
        </Group>
        <ScrollArea viewportProps={{ tabIndex: 0 }} style={{ flex: 1, minHeight: 200 }} type="auto">
          <Table verticalSpacing={4} highlightOnHover stickyHeader>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('screens.item')}</Table.Th>
                <Table.Th w={116}>{t('screens.quantity')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {found.map(option => {
                const value = String(option.value);
                const index = rowOf(value);
                const quantity = Number(rows[index]?.quantity ?? 0);
                const state = states.get(option.value);
                const reason = state?.available === false && state.reason ? words(state.reason) : null;
                return (
                  <Table.Tr key={value}>
                    <Table.Td>
                      <Text size="sm" c={reason && index < 0 ? 'dimmed' : undefined}>
                        {words(option.label)}
                      </Text>
                      <Text size="xs" c="dimmed">
                        {value}
                        {reason ? ` · ${reason}` : ''}
                      </Text>
                    </Table.Td>
                    <Table.Td>
                      {index < 0 ? (
                        <ActionIcon
                          variant="default"
                          size="md"
                          aria-label={t('screens.add_item', { item: value })}
                          onClick={() => {
                            setAdded(value);
                            setQuantity(value, 1);
                          }}
                        >
                          <IconPlus size={16} />
                        </ActionIcon>
                      ) : (
                        <NumberField
                          size="xs"
                          w={90}
                          autoFocus={added === value}
                          aria-label={t('screens.quantity_of', { item: value })}
                          min={0}
                          max={1000}
                          allowDecimal={false}
                          value={quantity}
                          onChange={next => typeof next === 'number' && setQuantity(value, next)}
                        />
                      )}
                    </Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
          {found.length === 0 && (
            <Text size="sm" c="dimmed" p="sm">
              {t('screens.nothing_found')}
            </Text>
          )}
        </ScrollArea>
      </Stack>
      <Paper withBorder p="xs" w={205} style={{ overflow: 'auto' }}>
        <Group justify="space-between">
          <Title order={3} size="h6">
            {t('screens.chosen')}
          </Title>
          <Badge variant="light" tt="none">
            {t('screens.n_items', { count: rows.length })}, {t('screens.n_pieces', { count: pieces })}
          </Badge>
        </Group>
        {rows.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('screens.nothing_chosen')}
          </Text>
        )}
        {rows.map((row, index) => {
          const value = String(row[field.name] ?? '');
          const option = field.options.find(entry => entry.value === value);
          return (
            <Group
              key={value}
              justify="space-between"
              wrap="nowrap"
              gap={4}
              data-answer={`${group.name}[${index}]`}
            >
              <Text size="sm" truncate title={value}>
                {String(row.quantity ?? 1)} × {option ? words(option.label) : value}
              </Text>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('screens.remove_row', { row: value })}
                onClick={() => answer(`${group.name}[${index}]`, null)}
              >
                <IconTrash size={14} />
              </ActionIcon>
            </Group>
          );
        })}
        {hints.length > 0 && (
          <Box mt="xs">
            <Title order={3} size="h6">
              {t('screens.hints')}
            </Title>
            <VerdictList form={form} verdicts={hints} onAnswer={answer} />
          </Box>
        )}
      </Paper>
    </Group>
  );
}
