import { ActionIcon, NativeSelect, Table, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import type { MovementType, WorkCenterChoice } from '../../../../preload/contract/tracking.ts';
import { useTexts } from '../../../ui/texts.ts';
import { BalanceHint } from './BalanceHint.tsx';
import { type EntryRow, quantityOf } from './entry-rows.ts';

interface Props {
  number: number;
  row: EntryRow;
  movement_type: MovementType;
  centers: readonly WorkCenterChoice[];
  /** Fields the service refused, by name. */
  wrong: ReadonlyMap<string, string>;
  onChange: (patch: Partial<EntryRow>) => void;
  onRemove: () => void;
  onNextRow: () => void;
}
/** Puts the cursor into a field of a row, its content selected. */
export function focusField(key: number, field: keyof EntryRow): void {
  const input = document.getElementById(`entry-${key}-${field}`);
  if (!(input instanceof HTMLInputElement)) return;
  input.focus();
  input.select();
}

/** One row of the grid. Enter moves on: order to quantity, quantity to the next row. */
export function EntryLine({
  number,
  row,
  movement_type,
  centers,
  wrong,
  onChange,
  onRemove,
  onNextRow,
}: Props) {
  const t = useTexts('tracking');
  const onEnter = (act: () => void) => (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.ctrlKey) return;
    event.preventDefault();
    act();
  };
  const label = (field: string) => t(`entry.row_field`, { row: number, field: t(`columns.${field}`) });
  return (
    <Table.Tr>
      <Table.Td ta="right" c="dimmed">
        {number}
      </Table.Td>
      <Table.Td>
        <NativeSelect
          size="xs"
          aria-label={label('work_center')}
          value={row.work_center_id}
          error={wrong.get('work_center_id')}
          data={centers.map(c => ({
            value: c.work_center_id,
            label: `${c.work_center_code} ${c.work_center_name}`,
          }))}
          onChange={event => onChange({ work_center_id: event.currentTarget.value })}
        />
      </Table.Td>
      <Table.Td>
        <TextInput
          id={`entry-${row.key}-order_number`}
          size="xs"
          autoComplete="off"
          aria-label={label('order_number')}
          value={row.order_number}
          error={wrong.get('order_number')}
          onChange={event => onChange({ order_number: event.currentTarget.value })}
          onKeyDown={onEnter(() => row.order_number.trim() !== '' && focusField(row.key, 'quantity'))}
        />
      </Table.Td>
      <Table.Td>
        <TextInput
          id={`entry-${row.key}-quantity`}
          size="xs"
          inputMode="numeric"
          autoComplete="off"
          aria-label={label('quantity')}
          value={row.quantity}
          error={wrong.get('quantity')}
          styles={{ input: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' } }}
          onChange={event => onChange({ quantity: event.currentTarget.value })}
          onKeyDown={onEnter(onNextRow)}
        />
      </Table.Td>
      <Table.Td>
        <BalanceHint
          work_center_id={row.work_center_id}
          order_number={row.order_number}
          quantity={quantityOf(row.quantity)}
          movement_type={movement_type}
        />
      </Table.Td>
      <Table.Td>
        <TextInput
          id={`entry-${row.key}-remark`}
          size="xs"
          autoComplete="off"
          aria-label={label('remark')}
          value={row.remark}
          error={wrong.get('remark')}
          onChange={event => onChange({ remark: event.currentTarget.value })}
          onKeyDown={onEnter(onNextRow)}
        />
      </Table.Td>
      <Table.Td>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('entry.remove_row', { row: number })}
          onClick={onRemove}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </Table.Td>
    </Table.Tr>
  );
}
