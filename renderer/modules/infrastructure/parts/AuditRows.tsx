import { Button, Stack, Table, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import { useMe } from '../../../app/session.tsx';
import type { OutputAt } from '../../../rpc/paths.ts';
import { formatInstant } from '../../../ui/formats.ts';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { AuditDetail } from './AuditDetail.tsx';
import { useFieldWords } from './field-words.ts';

export type AuditRow = OutputAt<'infrastructure.listAudit'>['rows'][number];

interface Props {
  rows: AuditRow[];
  /** Without it the list is about one record and does not name it on every line. */
  showEntity: boolean;
  onMore?: () => void;
  onEntity?: (row: AuditRow) => void;
}
const MOST_FIELDS = 5;
/** A new row changed every field: naming them says nothing. */
function Summary({ row }: { row: AuditRow }) {
  const t = useTexts('infrastructure');
  const word = useFieldWords();
  if (row.error_message) return row.error_message;
  const fields = row.action === 'UPDATE' ? Object.keys(row.changes_diff ?? {}) : [];
  const shown = fields.slice(0, MOST_FIELDS).map(word);
  const more = fields.length - shown.length;
  return (
    <>
      {shown.map(({ text, hint }, index) => (
        <Fragment key={fields[index]}>
          {index > 0 && ', '}
          <span title={hint}>{text}</span>
        </Fragment>
      ))}
      {more > 0 && ` ${t('audit.more_fields', { count: more })}`}
    </>
  );
}

/** Lines of the trail, newest first; a line opens to what changed. */
export function AuditRows({ rows, showEntity, onMore, onEntity }: Props) {
  const t = useTexts('infrastructure');
  const me = useMe();
  const [open, setOpen] = useState<string | null>(null);
  return (
    <Stack gap="sm">
      <Table verticalSpacing={4} highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={175}>{t('audit.at')}</Table.Th>
            <Table.Th>{t('audit.user')}</Table.Th>
            <Table.Th>{t('audit.action')}</Table.Th>
            {showEntity && <Table.Th>{t('audit.entity')}</Table.Th>}
            <Table.Th>{t('audit.summary')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(row => (
            <Fragment key={row.id}>
              <Table.Tr>
                <Table.Td>
                  <UnstyledButton
                    fz="sm"
                    style={{ whiteSpace: 'nowrap' }}
                    aria-expanded={open === row.id}
                    onClick={() => setOpen(open === row.id ? null : row.id)}
                  >
                    {open === row.id ? (
                      <IconChevronDown size={13} aria-hidden />
                    ) : (
                      <IconChevronRight size={13} aria-hidden />
                    )}{' '}
                    {formatInstant(row.at_ms, me.timezone, { withSeconds: true })}
                  </UnstyledButton>
                </Table.Td>
                <Table.Td miw={120}>{row.user_name || t('audit.nobody')}</Table.Td>
                <Table.Td>
                  {t(`audit.actions.${row.action}`)}{' '}
                  {!row.success && <StatusBadge tone="bad" label={t('audit.failed')} />}
                </Table.Td>
                {showEntity && (
                  <Table.Td>
                    {t(`audit.entities.${row.entity_type}`, {
                      defaultValue: row.entity_type.replaceAll('_', ' '),
                    })}
                    <Text span size="sm" c="dimmed">
                      {' '}
                      {row.entity_identifier}
                    </Text>
                  </Table.Td>
                )}
                <Table.Td style={{ overflowWrap: 'anywhere' }}>
                  <Summary row={row} />
                </Table.Td>
              </Table.Tr>
              {open === row.id && (
                <Table.Tr>
                  <Table.Td colSpan={showEntity ? 5 : 4}>
                    <AuditDetail row={row} onEntity={onEntity} />
                  </Table.Td>
                </Table.Tr>
              )}
            </Fragment>
          ))}
        </Table.Tbody>
      </Table>
      {onMore && (
        <Button variant="default" onClick={onMore}>
          {t('audit.more')}
        </Button>
      )}
    </Stack>
  );
}
