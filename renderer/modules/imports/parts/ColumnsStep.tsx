import { Button, Group, Select, Stack, Table, Text } from '@mantine/core';
import { JobProgress } from '../../../ui/JobProgress.tsx';
import { useTexts } from '../../../ui/texts.ts';
import type { ImportFlow, Inspected, Mapping } from './use-import.ts';

/** The same column for two fields would bring one value twice: the field it had before loses it. */
export function withColumn(mapping: Mapping, field: string, column: number | null): Mapping {
  const others = Object.entries(mapping).filter(([held, at]) => held !== field && at !== column);
  return Object.fromEntries(column === null ? others : [...others, [field, column]]);
}

export function ColumnsStep({ flow, file }: { flow: ImportFlow; file: Inspected }) {
  const t = useTexts('imports');
  const { mapping, setMapping, checking } = flow;
  const missing = file.fields.filter(field => field.is_key && mapping[field.field] === undefined);
  const used = new Set(Object.values(mapping));
  const unused = file.columns.filter(({ column }) => !used.has(column)).map(({ heading }) => heading);
  const options = file.columns.map(({ column, heading }) => ({ value: String(column), label: heading }));
  const samplesOf = (field: string) =>
    (file.columns.find(({ column }) => column === mapping[field])?.samples ?? []).filter(Boolean).join(' · ');
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t('columns_hint')}
      </Text>
      <Group gap="xs">
        <Button
          disabled={missing.length > 0 || checking.state.kind === 'running'}
          onClick={() => void flow.check()}
        >
          {t('check')}
        </Button>
        <Button variant="default" onClick={() => void flow.giveUp()}>
          {t('give_up')}
        </Button>
        {missing.length > 0 && (
          <Text size="sm" role="alert" c="red">
            {t('key_missing', { fields: missing.map(field => field.heading).join(', ') })}
          </Text>
        )}
      </Group>
      <JobProgress state={checking.state} onCancel={checking.cancel} phaseText={p => t(`phases.${p}`)} />
      <Table aria-label={t('columns_title')} verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('field')}</Table.Th>
            <Table.Th>{t('column_of_file')}</Table.Th>
            <Table.Th>{t('samples')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {file.fields.map(({ field, heading, is_key, is_required }) => (
            <Table.Tr key={field}>
              <Table.Td>
                {heading}
                {(is_key || is_required) && (
                  <Text span size="xs" c="dimmed">
                    {` · ${t(is_key ? 'key_mark' : 'required_mark')}`}
                  </Text>
                )}
              </Table.Td>
              <Table.Td w={280}>
                <Select
                  aria-label={heading}
                  size="xs"
                  data={options}
                  placeholder={t('not_in_file')}
                  clearable
                  searchable
                  value={mapping[field] === undefined ? null : String(mapping[field])}
                  onChange={value =>
                    setMapping(withColumn(mapping, field, value === null ? null : Number(value)))
                  }
                />
              </Table.Td>
              <Table.Td>
                <Text size="xs" c="dimmed" truncate maw={420}>
                  {samplesOf(field)}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {unused.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('unused', { columns: unused.join(', ') })}
        </Text>
      )}
    </Stack>
  );
}
