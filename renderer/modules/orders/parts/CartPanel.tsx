import { ActionIcon, Button, Group, Paper, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { ServiceLine } from '../../../../preload/contract/service-orders.ts';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { NumberField } from '../../../ui/NumberField.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { useKey } from '../../../ui/use-key.ts';
import { type Cart, UNIT_E6 } from './use-cart.ts';

/** What is about to be asked for; it waits here from day to day. */
export function CartPanel({
  cart,
  onSubmitted,
}: {
  cart: Cart;
  onSubmitted: (order_number: string) => void;
}) {
  const t = useTexts('orders');
  const lines = cart.cart?.lines ?? [];
  const submit = async () => {
    const done = await cart.submit();
    if (done) onSubmitted(done.order_number);
  };
  useKey('Ctrl+Enter', () => void submit(), lines.length > 0 && !cart.pending);
  return (
    <Paper withBorder p="sm" component="section" aria-label={t('service.cart')} style={{ overflow: 'auto' }}>
      <Stack gap="sm">
        <Title order={2} size="h5">
          {t('service.cart_n', { count: lines.length })}
        </Title>
        {lines.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('service.cart_empty')}
          </Text>
        )}
        {lines.map(line => (
          <Line key={line.line_id} line={line} cart={cart} />
        ))}
        {lines.length > 0 && (
          <Notes key={cart.cart?.order_id} held={cart.cart?.notes ?? ''} onStore={cart.setNotes} />
        )}
        <RefusalNotice failure={cart.failure} onClose={cart.reset} />
        <Group justify="flex-end">
          <Button
            disabled={lines.length === 0}
            loading={cart.pending}
            rightSection={<KeyHint keys="mod+Enter" />}
            onClick={() => void submit()}
          >
            {t('service.submit')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

function Notes({ held, onStore }: { held: string; onStore: (notes: string) => unknown }) {
  const t = useTexts('orders');
  const [notes, setNotes] = useState(held);
  return (
    <Textarea
      label={t('service.notes')}
      value={notes}
      maxLength={2000}
      autosize
      minRows={2}
      onChange={event => setNotes(event.currentTarget.value)}
      onBlur={() => notes !== held && onStore(notes)}
    />
  );
}

function Line({ line, cart }: { line: ServiceLine; cart: Cart }) {
  const t = useTexts('orders');
  const [notes, setNotes] = useState(line.notes ?? '');
  const store = (quantity_e6: number) => cart.setLine(line.line_id, quantity_e6, notes.trim() || null);
  return (
    <Stack gap={4} role="group" aria-label={line.material_number}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <div style={{ minWidth: 0 }}>
          <Text size="sm" fw={600} truncate>
            {line.material_number}
          </Text>
          <Text size="xs" c="dimmed" truncate title={line.material_name}>
            {line.material_name}
          </Text>
        </div>
        <Group gap={4} wrap="nowrap">
          <NumberField
            aria-label={t('service.quantity_of', { item: line.material_number })}
            w={86}
            min={0}
            max={9999}
            decimalScale={0}
            value={line.quantity_e6 / UNIT_E6}
            onChange={value => {
              const quantity = Number(value);
              if (value !== '' && Number.isFinite(quantity) && quantity >= 0) void store(quantity * UNIT_E6);
            }}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('service.remove', { item: line.material_number })}
            onClick={() => void store(0)}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      </Group>
      <TextInput
        size="xs"
        aria-label={t('service.note_of', { item: line.material_number })}
        placeholder={t('service.note')}
        maxLength={500}
        value={notes}
        onChange={event => setNotes(event.currentTarget.value)}
        onBlur={() => notes !== (line.notes ?? '') && void store(line.quantity_e6)}
      />
    </Stack>
  );
}
