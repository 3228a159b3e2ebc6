import { Alert, Anchor, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ConflictDetail } from '../../../../preload/contract/replication.ts';
import { useMe } from '../../../app/session.tsx';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';
import type { InputAt } from '../../../rpc/paths.ts';
import { formatInstant } from '../../../ui/formats.ts';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';
import { useTexts } from '../../../ui/texts.ts';
import { useKey } from '../../../ui/use-key.ts';
import { ConflictFields } from './ConflictFields.tsx';
import { type Chosen, choicesOf, type Way } from './choices.rules.ts';
import classes from './Inbox.module.css';
import { useRecordWords } from './words.ts';

type ConflictId = InputAt<'replication.conflict'>['conflict_id'];
interface Props {
  conflict_id: ConflictId;
  onSettled: (record: string) => void;
}
const SUGGESTED: Record<ConflictDetail['suggested'], Way | null> = {
  mine: 'keep_mine',
  theirs: 'keep_theirs',
  combine: 'combine',
  edit: 'edit',
  dismiss: 'dismiss',
  wait: null,
};

/** One entry: what stands against what, and the keys 1, 2, 3 to settle it. */
export function ConflictView({ conflict_id, onSettled }: Props) {
  const t = useTexts('replication');
  const detail = useAsk('replication.conflict', { conflict_id });
  if (detail.error) return <RefusalNotice failure={detail.error} />;
  if (!detail.data) return null;
  return (
    <section className={classes.view} aria-label={t('inbox.title')}>
      {/* Begins anew when the entry has changed; one that was only read again keeps what was chosen and typed. */}
      <Settling key={JSON.stringify(detail.data)} entry={detail.data} onSettled={onSettled} />
    </section>
  );
}

function Settling({ entry, onSettled }: { entry: ConflictDetail; onSettled: (record: string) => void }) {
  const t = useTexts('replication');
  const words = useRecordWords();
  const command = useCommand('replication.resolveConflict');
  const [way, setWay] = useState<'combine' | 'edit' | null>(null);
  const [chosen, setChosen] = useState<Chosen>({});
  const [note, setNote] = useState('');
  const record = words.record(entry.table, entry.row_label);
  const settle = async (resolution: Way) => {
    const choices = choicesOf(entry, resolution, chosen);
    const sent = { conflict_id: entry.conflict_id, resolution, choices, ...(note && { note }) };
    try {
      await command.run(sent);
      onSettled(record);
    } catch {
      // The refusal stands above the buttons.
    }
  };
  const act = (next: Way) => {
    if ((next === 'combine' || next === 'edit') && way !== next) setWay(next);
    else void settle(next);
  };
  return (
    <Stack gap="sm">
      <Head entry={entry} record={record} />
      <ConflictFields
        entry={entry}
        way={way}
        chosen={chosen}
        onChoose={(key, choice) => setChosen({ ...chosen, [key]: choice })}
      />
      {entry.rows.length > 0 && (
        <Text size="sm">
          {t('inbox.rows')}{' '}
          {entry.rows
            .map(row =>
              t(`inbox.row_${row.op}`, {
                record:
                  row.count === 1
                    ? words.record(row.table, row.row_label)
                    : t('inbox.row_count', { record: words.table(row.table), rows: row.count }),
              }),
            )
            .join(', ')}
        </Text>
      )}
      {entry.state !== 'OPEN' && <Closed entry={entry} />}
      {entry.state === 'OPEN' && !entry.may_resolve && <Text size="sm">{t('inbox.not_yours')}</Text>}
      {entry.state === 'OPEN' && entry.may_resolve && (
        <>
          {way && <Text size="sm">{t(`inbox.${way}_text`)}</Text>}
          <TextInput
            label={t('inbox.note')}
            maw={560}
            maxLength={2000}
            value={note}
            onChange={event => setNote(event.currentTarget.value)}
          />
          <RefusalNotice failure={command.failure} />
          {way ? (
            <Sending isPending={command.pending} onSend={() => act(way)} onBack={() => setWay(null)} />
          ) : (
            <Ways entry={entry} isPending={command.pending} onAct={act} />
          )}
        </>
      )}
    </Stack>
  );
}

function Head({ entry, record }: { entry: ConflictDetail; record: string }) {
  const t = useTexts('replication');
  const { timezone } = useMe();
  const at = (ms: number) => formatInstant(ms, timezone);
  return (
    <>
      <Title order={2} size="h4">
        {record}
      </Title>
      <Text size="sm">
        {storyOf(t, entry, at)}
        {entry.opens && (
          <>
            {' '}
            <Anchor component={Link} underline="always" to={PAGES[entry.opens.page](entry.opens.id)}>
              {t('inbox.open_record')}
            </Anchor>
          </>
        )}
      </Text>
      <Text size="sm" c="dimmed">
        {t('inbox.by_station', {
          name: entry.author_name ?? t('inbox.unknown_person'),
          station: entry.station_code,
          at: at(entry.occurred_at_ms),
        })}
        {' · '}
        {t('inbox.by_centre', { at: at(entry.received_at_ms) })}
      </Text>
      {entry.state === 'OPEN' && (
        <Alert variant="light" color="blue" p="xs" title={t('inbox.suggested')}>
          {SUGGESTED[entry.suggested] && (
            <Text size="sm" fw={600}>
              {wayWords(t, SUGGESTED[entry.suggested] ?? 'dismiss', entry)}
            </Text>
          )}
          <Text size="sm">{t(`because.${entry.suggested_because}`)}</Text>
        </Alert>
      )}
    </>
  );
}

/** Who was first, and what became of the author's own work. */
function storyOf(t: ReturnType<typeof useTexts>, entry: ConflictDetail, at: (ms: number) => string): string {
  const reason = t(`reasons.${entry.reason_code}`, {
    ...entry.reason_values,
    defaultValue: t('reasons.other', { code: entry.reason_code }),
  });
  if (entry.theirs_name === null || entry.theirs_at_ms === null)
    return [reason, t(`inbox.kept.${entry.outcome}`)].join(' ');
  const first = { name: entry.theirs_name, at: at(entry.theirs_at_ms) };
  const isSigned = entry.suggested_because === 'signed';
  const story = isSigned ? 'signed' : entry.reason_code;
  const kept = isSigned ? (entry.is_signed_by_author ? 'signature' : 'answers') : entry.outcome;
  return [t(`inbox.first.${story}`, { ...first, defaultValue: reason }), t(`inbox.kept.${kept}`)].join(' ');
}
const PAGES: Record<NonNullable<ConflictDetail['opens']>['page'], (id: string) => string> = {
  order: id => `/orders/${id}`,
  item: id => `/catalogue/items/${id}`,
};

function wayWords(t: ReturnType<typeof useTexts>, way: Way, entry: ConflictDetail): string {
  if (way === 'keep_theirs' && entry.can.length === 1) return t('inbox.do.leave');
  if (way !== 'keep_mine') return t(`inbox.do.${way}`);
  if (entry.outcome !== 'CONFLICT') return t('inbox.do.send_again');
  return t(entry.is_mine ? 'inbox.do.keep_mine' : 'inbox.do.keep_author');
}

interface WaysProps {
  entry: ConflictDetail;
  isPending: boolean;
  onAct: (way: Way) => void;
}
/** What may be typed into: a digit there is text. On a button or link Enter does what that one does. */
const FIELDS = ['INPUT', 'TEXTAREA', 'SELECT'];
const OWN_ENTER = [...FIELDS, 'BUTTON', 'A'];

function Ways({ entry, isPending, onAct }: WaysProps) {
  const t = useTexts('replication');
  const suggested = SUGGESTED[entry.suggested];
  const act = (way: Way) => () => {
    if (!isPending) onAct(way);
  };
  useHotkeys(
    entry.can.map((way, at): [string, () => void] => [String(at + 1), act(way)]),
    FIELDS,
  );
  useHotkeys(suggested ? [['Enter', act(suggested)]] : [], OWN_ENTER);
  return (
    <>
      <Group gap="xs">
        {entry.can.map((way, at) => (
          <Button
            key={way}
            variant={way === suggested ? 'filled' : 'default'}
            disabled={isPending}
            leftSection={<KeyHint keys={String(at + 1)} />}
            title={t(`inbox.then.${way}`)}
            onClick={act(way)}
          >
            {wayWords(t, way, entry)}
          </Button>
        ))}
      </Group>
      <Text size="xs" c="dimmed">
        {t('inbox.keys')}
      </Text>
    </>
  );
}

interface SendingProps {
  isPending: boolean;
  onSend: () => void;
  onBack: () => void;
}
function Sending({ isPending, onSend, onBack }: SendingProps) {
  const t = useTexts('replication');
  useKey('Ctrl+Enter', onSend, !isPending);
  return (
    <Group gap="xs">
      <Button loading={isPending} rightSection={<KeyHint keys="Ctrl+Enter" />} onClick={onSend}>
        {t('inbox.send')}
      </Button>
      <Button variant="default" onClick={onBack}>
        {t('back')}
      </Button>
    </Group>
  );
}

function Closed({ entry }: { entry: ConflictDetail }) {
  const t = useTexts('replication');
  const { timezone } = useMe();
  return (
    <Alert variant="light" color="gray" p="xs" title={t(`inbox.states.${entry.state}`)}>
      {entry.resolved_at_ms !== null && (
        <Text size="sm">
          {t('inbox.changed_by', {
            name: entry.resolved_by_name ?? t('page.program'),
            at: formatInstant(entry.resolved_at_ms, timezone),
          })}
        </Text>
      )}
      {entry.resolution_note && <Text size="sm">{entry.resolution_note}</Text>}
    </Alert>
  );
}
