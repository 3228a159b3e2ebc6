import {
  ActionIcon,
  Anchor,
  Badge,
  Box,
  Button,
  Code,
  Group,
  Stack,
  Table,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import type { BomHeader, TreeRow } from '../../../../preload/contract/bom.ts';
import { useMe } from '../../../app/session.tsx';
import { failureFrom } from '../../../rpc/client.ts';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import { formatQuantity, parseQuantity } from '../../../ui/formats.ts';
import { useLocalized } from '../../../ui/localized.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { SidePanel } from '../../../ui/SidePanel.tsx';
import { useTexts } from '../../../ui/texts.ts';

interface LineDetailsProps {
  header: BomHeader;
  row: TreeRow;
  onClose: () => void;
}

/** Why a line is here, what is known of the item, where else it is used, and its edits while the BOM is a draft. */
export function LineDetails({ header, row, onClose }: LineDetailsProps) {
  const t = useTexts('bom');
  const words = useLocalized();
  const { may } = useMe();
  const why = useAsk(
    'bom.explainLine',
    { bom_id: header.bom_id, line_id: row.line_id ?? '' },
    { enabled: row.line_id !== null },
  );
  const explained = why.isPlaceholderData ? undefined : why.data;
  const isEditable = header.status === 'DRAFT' && row.parent_row_no === null && may('order_boms:update');
  return (
    <SidePanel title={row.item_id} onClose={onClose} width={320}>
      <Stack gap="sm">
        <Box>
          <Text size="sm">{row.name}</Text>
          <Text size="xs" c="dimmed">
            {[row.category, row.manufacturer_name, row.manufacturer_part_number].filter(Boolean).join(' · ')}
          </Text>
          <Text size="sm" mt={4}>
            {t('screens.quantity_words', {
              quantity: formatQuantity(row.quantity_e6),
              total: formatQuantity(row.total_quantity_e6),
              uom: row.uom_code,
            })}
          </Text>
          {row.notes && <Text size="sm">{row.notes}</Text>}
        </Box>
        {isEditable && row.line_id && (
          <LineEdit key={row.line_id} header={header} row={row} line_id={row.line_id} />
        )}
        <Box>
          <Title order={3} size="h6">
            {t('screens.why')}
          </Title>
          {why.error && <RefusalNotice failure={failureFrom(why.error)} />}
          {explained && (
            <Stack gap={6}>
              {explained.path.length > 1 && (
                <Text size="sm">
                  {t('screens.because_path')} {explained.path.map(({ item_id }) => item_id).join(' › ')}
                </Text>
              )}
              {explained.is_manual && <Text size="sm">{t('screens.because_manual')}</Text>}
              {explained.rules.map(rule => (
                <Box key={rule.rule}>
                  <Group gap={6}>
                    <Badge size="sm" variant="light" tt="none">
                      {rule.rule}
                    </Badge>
                    <Text size="sm">{words(rule.label)}</Text>
                  </Group>
                  <Table verticalSpacing={1} fz="xs" withRowBorders={false}>
                    <Table.Tbody>
                      {rule.answers.map(answer => (
                        <Table.Tr key={answer.path}>
                          <Table.Td c="dimmed">{words(answer.label)}</Table.Td>
                          <Table.Td>{words(answer.value_label)}</Table.Td>
                        </Table.Tr>
                      ))}
                    </Table.Tbody>
                  </Table>
                  {rule.condition && rule.condition !== 'true' && (
                    <Code block fz={11} style={{ whiteSpace: 'pre-wrap' }}>
                      {rule.condition}
                    </Code>
                  )}
                </Box>
              ))}
              <Text size="xs" c="dimmed">
                {t('screens.from_revision', {
                  revision: explained.configuration_revision,
                  model: explained.model ? `${explained.model.family} v${explained.model.version}` : '—',
                })}
              </Text>
            </Stack>
          )}
        </Box>
        {row.material_id && (
          <Box>
            <Title order={3} size="h6">
              {t('screens.item')}
            </Title>
            <Stack gap={2}>
              <Anchor component={Link} size="sm" to={`/orders/where-used/${row.material_id}`}>
                {t('screens.where_used_orders')}
              </Anchor>
              <Anchor component={Link} size="sm" to={`/catalogue/items/${row.material_id}`}>
                {t('screens.item_page')}
              </Anchor>
            </Stack>
          </Box>
        )}
      </Stack>
    </SidePanel>
  );
}

function LineEdit({ header, row, line_id }: { header: BomHeader; row: TreeRow; line_id: string }) {
  const t = useTexts('bom');
  const edit = useCommand('bom.editLine');
  const remove = useCommand('bom.removeLine');
  const [quantity, setQuantity] = useState(formatQuantity(row.quantity_e6));
  const [notes, setNotes] = useState(row.notes);
  useEffect(() => {
    setQuantity(formatQuantity(row.quantity_e6));
    setNotes(row.notes);
  }, [row.quantity_e6, row.notes]);
  const parsed = parseQuantity(quantity);
  const target = { bom_id: header.bom_id, line_id, expected_version: header.row_version };
  const isChanged = parsed !== row.quantity_e6 || notes !== row.notes;
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        if (parsed) edit.run({ ...target, quantity_e6: parsed, notes }).catch(() => undefined);
      }}
    >
      <Stack gap={6}>
        <Group gap="xs" align="flex-end" wrap="nowrap">
          <TextInput
            size="xs"
            label={t('screens.columns.quantity_e6')}
            value={quantity}
            inputMode="decimal"
            error={parsed === undefined || parsed <= 0 ? t('screens.quantity_invalid') : undefined}
            onChange={event => setQuantity(event.currentTarget.value)}
          />
          <ActionIcon
            variant="default"
            size="md"
            aria-label={t('screens.remove_line', { item: row.item_id })}
            loading={remove.pending}
            onClick={() => void remove.run(target).catch(() => undefined)}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
        <TextInput
          size="xs"
          label={t('screens.columns.notes')}
          maxLength={500}
          value={notes}
          onChange={event => setNotes(event.currentTarget.value)}
        />
        {isChanged && (
          <Button size="xs" type="submit" loading={edit.pending} disabled={!parsed || parsed <= 0}>
            {t('screens.save_line')}
          </Button>
        )}
        <RefusalNotice failure={edit.failure ?? remove.failure} />
      </Stack>
    </form>
  );
}
