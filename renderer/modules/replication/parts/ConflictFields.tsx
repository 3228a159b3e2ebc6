import { Radio, Table, Text } from '@mantine/core';
import { Fragment, useMemo } from 'react';
import type { ConflictDetail, ContestedField } from '../../../../preload/contract/replication.ts';
import { useMe } from '../../../app/session.tsx';
import { formatInstant } from '../../../ui/formats.ts';
import { useLocalized } from '../../../ui/localized.ts';
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
/** Before, mine and theirs, field by field; contested ones first, the others below only when they can be chosen. Of a step that was refused all: nobody stands against it. */
export function ConflictFields({ entry, way, chosen, onChoose }: Props) {
  const t = useTexts('replication');
  const words = useRecordWords();
  const { timezone } = useMe();
  const contested = entry.fields.filter(f => f.is_contested);
  const others = entry.fields.filter(f => !f.is_contested);
  const isOpenWide = way !== null || contested.length === 0 || entry.outcome === 'REJECTED';
  const shown = isOpenWide ? entry.fields : contested;
  const isNew = entry.is_gone && entry.fields.every(field => field.base === null);
  const isSeveral = new Set(shown.map(field => field.row_id)).size > 1;
  const theirs =
    entry.is_gone || entry.theirs_at_ms === null
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
              {!isNew && <Table.Th>{t('inbox.base')}</Table.Th>}
              <Table.Th>{entry.is_mine ? t('inbox.mine') : entry.author_name}</Table.Th>
              {way === 'edit' && <Table.Th>{t('inbox.new_value')}</Table.Th>}
              {way !== 'edit' && !isNew && (
                <Table.Th>
                  {t('inbox.theirs')}
                  <Text size="xs" c="dimmed">
                    {theirs}
                  </Text>
                </Table.Th>
              )}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((field, at) => (
              <Fragment key={fieldKey(field)}>
                {isSeveral && field.row_id !== shown[at - 1]?.row_id && (
                  <Table.Tr>
                    <Table.Th scope="rowgroup" colSpan={4} fw={600}>
                      {field.table === 'inspection_measurements'
                        ? field.row_label
                        : words.record(field.table, field.row_label)}
                    </Table.Th>
                  </Table.Tr>
                )}
                <FieldRow
                  field={field}
                  way={way}
                  side={way === 'combine' ? sideOf(field, chosen) : likely(entry, field)}
                  isNew={isNew}
                  onChoose={choice => onChoose(fieldKey(field), choice)}
                />
              </Fragment>
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

/** What is suggested of the whole goes before what is likely of a field. */
const likely = (entry: ConflictDetail, field: ContestedField): 'mine' | 'theirs' =>
  entry.suggested === 'mine' || entry.suggested === 'theirs' ? entry.suggested : field.suggested;

interface RowProps {
  field: ContestedField;
  way: Way | null;
  side: 'mine' | 'theirs' | 'value';
  /** The record is not there: nothing stands against it. */
  isNew: boolean;
  onChoose: (choice: Choice) => void;
}
function FieldRow({ field, way, side, isNew, onChoose }: RowProps) {
  const t = useTexts('replication');
  const words = useRecordWords();
  const name = words.field(field.field);
  const lines = useLines(field);
  const [{ shown } = NOTHING] = lines;
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
  if (field.kind === 'json')
    return <Lines title={name} lines={lines} side={way === 'edit' ? null : side} isNew={isNew} />;
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        {name}
      </Table.Th>
      {!isNew && (
        <Table.Td>
          <span className={classes.value}>{shown.base}</span>
        </Table.Td>
      )}
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
        !isNew && cell('theirs')
      )}
    </Table.Tr>
  );
}

interface LinesProps {
  title: string;
  lines: Line[];
  side: string | null;
  isNew: boolean;
}
/** The parts of one document, a row each; they are taken together, from one side. */
function Lines({ title, lines, side, isNew }: LinesProps) {
  return (
    <>
      <Table.Tr>
        <Table.Th scope="rowgroup" colSpan={4} fw={600}>
          {title}
        </Table.Th>
      </Table.Tr>
      {lines.map(({ label, shown }) => (
        <Table.Tr key={label}>
          <Table.Th scope="row" fw={400} pl="lg">
            {label}
          </Table.Th>
          {!isNew && <Table.Td className={classes.value}>{shown.base}</Table.Td>}
          <Table.Td className={`${classes.value} ${side === 'mine' ? classes.likely : ''}`}>
            {shown.mine}
          </Table.Td>
          {!isNew && (
            <Table.Td className={`${classes.value} ${side === 'theirs' ? classes.likely : ''}`}>
              {shown.theirs}
            </Table.Td>
          )}
        </Table.Tr>
      ))}
    </>
  );
}

type Shown = Record<'base' | 'mine' | 'theirs', string>;
interface Line {
  label: string;
  shown: Shown;
}
const NOTHING: Line = { label: '', shown: { base: '', mine: '', theirs: '' } };
/** Of a document only the parts that differ: answers of a configuration by their words, others by their place. */
function useLines(field: ContestedField): Line[] {
  const words = useRecordWords();
  const localized = useLocalized();
  return useMemo(() => {
    const { kind, base, mine, theirs, answers } = field;
    if (answers !== null)
      return answers.map(answer => ({
        label: localized(answer.label),
        shown: {
          base: localized(answer.base),
          mine: localized(answer.mine),
          theirs: localized(answer.theirs),
        },
      }));
    const told = (value: unknown) => words.value({ ...field, kind: kind === 'json' ? 'text' : kind }, value);
    if (kind !== 'json')
      return [{ label: '', shown: { base: told(base), mine: told(mine), theirs: told(theirs) } }];
    return differingParts(base, mine, theirs).map(part => ({
      label: words.place(part.path),
      shown: { base: told(part.base), mine: told(part.mine), theirs: told(part.theirs) },
    }));
  }, [field, words, localized]);
}
