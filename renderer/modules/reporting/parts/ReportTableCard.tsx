import { Anchor, Card, Table, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import type { ReportTable } from '../../../../preload/contract/life-reports.ts';
import { Plot } from '../../../ui/Plot.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { plotOf } from './report-plots.ts';
import { useReportWords } from './use-report-words.ts';

/** One number of a report, as its records are asked for. */
export interface Chosen {
  table: string;
  row: string;
  column: string;
  /** In words: row and column. */
  title: string;
}
interface Props {
  table: ReportTable;
  onChoose: (chosen: Chosen) => void;
}
/** A plot where numbers follow each other, and the numbers themselves below it; one with records opens them. */
export function ReportTableCard({ table, onChoose }: Props) {
  const t = useTexts('reporting');
  const words = useReportWords();
  const title = words.title(table.table);
  const plot = useMemo(
    () =>
      plotOf(
        table,
        column => words.heading(table.table, column),
        (row, at) => {
          const column = table.columns[at];
          return column ? words.cell(table.rows[row]?.cells[at] ?? null, column) : '';
        },
      ),
    [table, words],
  );
  return (
    <Card withBorder padding="sm">
      <Title order={2} size="h6" mb={6}>
        {title}
      </Title>
      {plot && <Plot label={t('reports.plot_of', { table: title })} kind="bar" {...plot} />}
      {table.rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('reports.nothing')}
        </Text>
      ) : (
        <Table.ScrollContainer minWidth={0} tabIndex={0} aria-label={title} role="region">
          <Table verticalSpacing={3} fz="sm" style={{ fontVariantNumeric: 'tabular-nums' }}>
            <Table.Thead>
              <Table.Tr>
                {table.columns.map(column => (
                  <Table.Th key={column.key} ta={sideOf(column)}>
                    {words.heading(table.table, column.key)}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {table.rows.map(row => (
                <Table.Tr key={row.key}>
                  {table.columns.map((column, at) => (
                    <Table.Td key={column.key} ta={sideOf(column)}>
                      <Value table={table} row={row} at={at} onChoose={onChoose} />
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
            {table.columns.some(column => column.total !== null) && (
              <Table.Tfoot>
                <Table.Tr fw={600}>
                  {table.columns.map((column, at) => (
                    <Table.Td key={column.key} ta={sideOf(column)}>
                      {column.total !== null
                        ? words.cell(column.total, column)
                        : at === 0 && t('reports.total')}
                    </Table.Td>
                  ))}
                </Table.Tr>
              </Table.Tfoot>
            )}
          </Table>
        </Table.ScrollContainer>
      )}
    </Card>
  );
}
const sideOf = ({ kind }: ReportTable['columns'][number]) =>
  kind === 'text' || kind === 'day' || kind === 'boolean' ? 'left' : 'right';

interface ValueProps extends Props {
  row: ReportTable['rows'][number];
  at: number;
}
function Value({ table, row, at, onChoose }: ValueProps) {
  const t = useTexts('reporting');
  const words = useReportWords();
  const [column, first] = [table.columns[at], table.columns[0]];
  const value = row.cells[at] ?? null;
  if (!column || !first) return null;
  const text = words.cell(value, column);
  if (!column.is_listed || value === 0) return text;
  const names = {
    row: words.cell(row.cells[0] ?? null, first),
    column: words.heading(table.table, column.key),
  };
  return (
    <Anchor
      component="button"
      type="button"
      inherit
      aria-label={t('reports.show_records', { count: text, ...names })}
      onClick={() =>
        onChoose({
          table: table.table,
          row: row.key,
          column: column.key,
          title: `${names.column} · ${names.row}`,
        })
      }
    >
      {text}
    </Anchor>
  );
}
