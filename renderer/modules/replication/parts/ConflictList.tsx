import { Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useMe } from '../../../app/session.tsx';
import type { OutputAt } from '../../../rpc/paths.ts';
import { formatInstant } from '../../../ui/formats.ts';
import { StatusBadge, type Tone } from '../../../ui/StatusBadge.tsx';
import { useTexts } from '../../../ui/texts.ts';
import classes from './Inbox.module.css';
import { useRecordWords } from './words.ts';

type Summary = OutputAt<'replication.listConflicts'>['rows'][number];
const TONES: Record<Summary['outcome'], Tone> = { CONFLICT: 'warning', REJECTED: 'bad', PARKED: 'waiting' };

interface Props {
  rows: Summary[];
  current: string;
  onOpen: (index: number) => void;
}
export function ConflictList({ rows, current, onOpen }: Props) {
  const t = useTexts('replication');
  const words = useRecordWords();
  const { timezone } = useMe();
  const chosen = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen entry stays in view when it changes
  useEffect(() => void chosen.current?.scrollIntoView({ block: 'nearest' }), [current]);
  return (
    <nav className={classes.list} aria-label={t('inbox.list')}>
      {rows.map((row, index) => {
        const isChosen = row.conflict_id === current;
        return (
          <button
            key={row.conflict_id}
            ref={isChosen ? chosen : undefined}
            type="button"
            className={classes.entry}
            aria-current={isChosen || undefined}
            onClick={() => onOpen(index)}
          >
            <Text size="sm" fw={600} truncate>
              {words.record(row.table, row.row_label)}
            </Text>
            <span className={classes.line}>
              {row.state === 'OPEN' ? (
                <StatusBadge tone={TONES[row.outcome]} label={t(`inbox.outcomes.${row.outcome}`)} />
              ) : (
                <StatusBadge tone="neutral" shape="check" label={t(`inbox.states.${row.state}`)} />
              )}
            </span>
            <Text size="xs" c="dimmed" truncate>
              {row.author_name ?? t('inbox.unknown_person')} · {formatInstant(row.received_at_ms, timezone)}
              {row.steps > 1 && ` · ${t('facts.steps', { count: row.steps })}`}
            </Text>
          </button>
        );
      })}
    </nav>
  );
}
