import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  rows: readonly (readonly [name: string, value: ReactNode])[];
  /** Beside nothing, as in a card. */
  flush?: boolean;
}
/** Names at the left, values at the right. */
export function FactTable({ rows, flush = false }: Props) {
  return (
    <Table verticalSpacing={3} {...(flush && { horizontalSpacing: 0 })}>
      <Table.Tbody>
        {rows.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" fw={400} c="dimmed" w="45%">
              {name}
            </Table.Th>
            <Table.Td ta="right" style={{ overflowWrap: 'anywhere' }}>
              {value}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
