import { Table, Text, TextInput } from '@mantine/core';
import type { ImportProblem } from '../../../../preload/contract/imports.ts';
import { useTexts } from '../../../ui/texts.ts';
import classes from './Lists.module.css';
import type { Edit, Inspected } from './use-import.ts';

const MOST = 200;
interface Props {
  file: Inspected;
  problems: ImportProblem[];
  edits: Edit[];
  onEdit: (edit: Edit) => void;
  /** Enter in a cell. */
  onCheck: () => void;
}
/** Every problem with its cell, which can be typed over at once. */
export function ProblemList({ file, problems, edits, onEdit, onCheck }: Props) {
  const t = useTexts('imports');
  const refusals = useTexts('refusals');
  const reasonOf = ({ code, values }: ImportProblem) =>
    code === 'order_refused'
      ? refusals(String(values.code), { ...values, defaultValue: String(values.code) })
      : t(`problems.${code}`, values);
  const headingOf = (field: string | null) => file.fields.find(f => f.field === field)?.heading ?? '';
  const draftOf = ({ row, column }: ImportProblem) =>
    edits.find(e => e.row === row && e.column === column)?.text;
  return (
    <div className={classes.scroll}>
      <Table stickyHeader aria-label={t('problems_title')} verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={80}>{t('row')}</Table.Th>
            <Table.Th w={180}>{t('column')}</Table.Th>
            <Table.Th w={300}>{t('cell')}</Table.Th>
            <Table.Th>{t('reason')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {problems.slice(0, MOST).map(problem => (
            <Table.Tr key={`${problem.row} ${problem.field} ${problem.code}`}>
              <Table.Td className="figures">{problem.row}</Table.Td>
              <Table.Td>{headingOf(problem.field)}</Table.Td>
              <Table.Td>
                {problem.column === null ? (
                  <Text size="sm">{problem.text}</Text>
                ) : (
                  <TextInput
                    size="xs"
                    aria-label={`${headingOf(problem.field)}, ${t('row')} ${problem.row}`}
                    value={draftOf(problem) ?? problem.text}
                    onChange={event =>
                      onEdit({
                        row: problem.row,
                        column: problem.column ?? 0,
                        text: event.currentTarget.value,
                      })
                    }
                    onKeyDown={event => {
                      if (event.key === 'Enter') onCheck();
                    }}
                  />
                )}
              </Table.Td>
              <Table.Td>{reasonOf(problem)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
