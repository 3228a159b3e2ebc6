import { Radio, Table, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { ConflictDetail, ContestedField } from '../../../../preload/contract/replication.ts';
import { useMe } from '../../../app/session.tsx';
import { formatInstant } from '../../../ui/formats.ts';
import { useTexts } from '../../../ui/texts.ts';
import { type Choice, type Chosen, fieldKey, sideOf, type Way } from './choices.rules.ts';
import classes from './Inbox.module.css';
import { differingParts } from './json-parts.rules.ts';
import { ValueInput } from './ValueInput.tsx';
import { useRecordWords } from './words.ts';

interface Props {
  entry: ConflictDetail;
  way: Way | null;
  chosen: Chosen;
  onChoose: (key: string, choice: Choice) => void;
}
/** Before, mine and theirs, field by field; contested ones first, the others below only when they can be chosen. */
export function ConflictFields({ entry, way, chosen, onChoose }: Props) {
  const t = useTexts('replication');
  const { timezone } = useMe();
  const contested = entry.fields.filter(f => f.is_contested);
  const others = entry.fields.filter(f => !f.is_contested);
  const isOpenWide = way !== null || contested.length === 0;
  const shown = isOpenWide ? entry.fields : contested;
  const theirs =
    entry.theirs_at_ms === null
      ? t('inbox.theirs_gone')
      : t('inbox.theirs_by', {
          name: entry.theirs_name ?? t('inbox.unknown_person'),
          at: formatInstant(entry.theirs_at_ms, timezone),
        });
  return (
    <>
      {shown.length > 0 && (
        <Table withTableBorder verticalSpacing={6} layout="fixed">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={170}>{t('inbox.field')}</Table.Th>
              <Table.Th>{t('inbox.base')}</Table.Th>
              <Table.Th>{entry.is_mine ? t('inbox.mine') : entry.author_name}</Table.Th>
              <Table.Th>
                {way === 'edit' ? (
                  t('inbox.new_value')
                ) : (
                  <>
                    {t('inbox.theirs')}
                    <Text size="xs" c="dimmed">
                      {theirs}
                    </Text>
                  </>
                )}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map(field => (
              <FieldRow
                key={fieldKey(field)}
                field={field}
                way={way}
                chosen={chosen}
                onChoose={choice => onChoose(fieldKey(field), choice)}
              />
            ))}
          </Table.Tbody>
        </Table>
      )}
      {!isOpenWide && others.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('inbox.others', { count: others.length })}
        </Text>
      )}
    </>
  );
}

interface RowProps {
  field: ContestedField;
  way: Way | null;
  chosen: Chosen;
  onChoose: (choice: Choice) => void;
}
function FieldRow({ field, way, chosen, onChoose }: RowProps) {
  const t = useTexts('replication');
  const words = useRecordWords();
  const name = words.field(field.field);
  const side = sideOf(field, chosen);
  const shown = useShown(field);
  const cell = (of: 'mine' | 'theirs') => (
    <Table.Td className={side === of && way !== 'edit' ? classes.likely : undefined}>
      {way === 'combine' ? (
        <Radio
          name={fieldKey(field)}
          aria-label={`${t('inbox.take', { field: name })} ${t(`inbox.${of}`)}`}
          label={<span className={classes.value}>{shown[of]}</span>}
          checked={side === of}
          onChange={() => onChoose({ take: of })}
        />
      ) : (
        <span className={classes.value}>{shown[of]}</span>
      )}
    </Table.Td>
  );
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        {name}
      </Table.Th>
      <Table.Td>
        <span className={classes.value}>{shown.base}</span>
      </Table.Td>
      {cell('mine')}
      {way === 'edit' ? (
        <Table.Td>
          {field.is_editable ? (
            <ValueInput
              field={field}
              label={name}
              onValue={value => onChoose(value === undefined ? { take: 'mine' } : { take: 'value', value })}
            />
          ) : (
            <span className={classes.value}>{shown.mine}</span>
          )}
        </Table.Td>
      ) : (
        cell('theirs')
      )}
    </Table.Tr>
  );
}

/** Of a document only the parts that differ, one a line. */
function useShown(field: ContestedField): Record<'base' | 'mine' | 'theirs', string> {
  const words = useRecordWords();
  return useMemo(() => {
    const { kind, base, mine, theirs } = field;
    if (kind !== 'json')
      return {
        base: words.value(kind, base),
        mine: words.value(kind, mine),
        theirs: words.value(kind, theirs),
      };
    const parts = differingParts(base, mine, theirs);
    const lines = (of: 'base' | 'mine' | 'theirs') =>
      parts.map(part => `${part.path}: ${words.value('text', part[of])}`).join('\n');
    return { base: lines('base'), mine: lines('mine'), theirs: lines('theirs') };
  }, [field, words]);
}
