import { Button, Group, Paper, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { ServiceItem } from '../../../../preload/contract/service-orders.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import { formatQuantity } from '../../../ui/formats.ts';
import { useTexts } from '../../../ui/texts.ts';

const LEAST = 2;
/** By the number on a sink or on one of its parts: everything that was built into it and may be ordered. */
export function FittingParts({ onAdd }: { onAdd: (material_id: ServiceItem['material_id']) => void }) {
  const t = useTexts('orders');
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  const { data } = useAsk('traceability.partsThatFit', { text: asked }, { enabled: asked.length >= LEAST });
  return (
    <Stack gap="sm">
      <form
        onSubmit={event => {
          event.preventDefault();
          setAsked(text.trim());
        }}
      >
        <Group align="flex-end" gap="xs">
          <TextInput
            label={t('service.fit_label')}
            description={t('service.fit_text')}
            w={420}
            maxLength={100}
            value={text}
            onChange={event => setText(event.currentTarget.value)}
          />
          <Button
            type="submit"
            variant="default"
            leftSection={<IconSearch size={16} />}
            disabled={text.trim().length < LEAST}
          >
            {t('service.fit_find')}
          </Button>
        </Group>
      </form>
      {data?.builds.length === 0 && <Text c="dimmed">{t('service.fit_none', { text: asked })}</Text>}
      {data?.builds.map(build => (
        <Paper key={build.order_id} withBorder p="sm">
          <Title order={3} size="h6">
            {build.build_number} · {build.model_name} · {build.matched}
          </Title>
          <Table>
            <Table.Tbody>
              {build.parts.map(part => (
                <Table.Tr key={part.material_id}>
                  <Table.Td fw={600}>{part.material_number}</Table.Td>
                  <Table.Td>
                    {part.material_name}
                    {part.serial_numbers.length > 0 && (
                      <Text size="xs" c="dimmed">
                        {part.serial_numbers.join(', ')}
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td ta="right" className="tabular">
                    {formatQuantity(part.quantity_e6)} {part.uom_code}
                  </Table.Td>
                  <Table.Td w={110}>
                    <Button
                      size="compact-sm"
                      variant="default"
                      leftSection={<IconPlus size={14} />}
                      aria-label={t('service.add_item', { item: part.material_number })}
                      onClick={() => onAdd(part.material_id)}
                    >
                      {t('service.add')}
                    </Button>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Paper>
      ))}
    </Stack>
  );
}
