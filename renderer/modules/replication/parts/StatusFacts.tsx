import { useMe } from '../../../app/session.tsx';
import { FactTable } from '../../../ui/FactTable.tsx';
import { formatDuration, formatInstant } from '../../../ui/formats.ts';
import { type Texts, useTexts } from '../../../ui/texts.ts';
import type { Status } from './mark.rules.ts';

/** A difference below this is within what a network call may take. */
const RIGHT_MS = 2000;

export function clockWords(t: Texts, offset_ms: number): string {
  if (Math.abs(offset_ms) < RIGHT_MS) return t('facts.clock_right');
  const time = formatDuration(Math.round(Math.abs(offset_ms) / 1000));
  return t(offset_ms > 0 ? 'facts.clock_ahead' : 'facts.clock_behind', { time });
}

const maintainedWords = (t: Texts, by: string | null, at: string): string =>
  by === null ? at : t('facts.maintained_by', { at, station: by });

/** What is known about the exchange, line by line, in words. */
export function StatusFacts({ status }: { status: Status }) {
  const t = useTexts('replication');
  const { timezone } = useMe();
  const at = (ms: number | null) =>
    ms === null ? t('facts.never') : formatInstant(ms, timezone, { withSeconds: true });
  const { centre } = status;
  const facts: [string, string][] = [
    ...(centre
      ? ([
          ['organization', `${centre.org_name} (${centre.org_code})`],
          ['station', centre.station_code],
          ['centre', `${centre.host}:${centre.port} / ${centre.database}`],
        ] satisfies [string, string][])
      : []),
    [
      'waiting',
      status.waiting_units === 0 ? t('facts.nothing') : t('facts.steps', { count: status.waiting_units }),
    ],
    ...(status.oldest_waiting_at_ms === null
      ? []
      : [['oldest', at(status.oldest_waiting_at_ms)] satisfies [string, string]]),
    ['files', status.waiting_files === 0 ? t('facts.nothing') : String(status.waiting_files)],
    ['last_contact', at(status.last_contact_at_ms)],
    ['complete_to', at(status.complete_to_ms)],
    ...(status.clock_offset_ms === null
      ? []
      : [['clock', clockWords(t, status.clock_offset_ms)] satisfies [string, string]]),
    ...(status.maintained
      ? [
          ['maintained', maintainedWords(t, status.maintained.by, at(status.maintained.at_ms))] satisfies [
            string,
            string,
          ],
        ]
      : []),
    ...(status.refused_rows === 0
      ? []
      : [['refused', t('facts.refused_text', { count: status.refused_rows })] satisfies [string, string]]),
  ];
  return <FactTable rows={facts.map(([name, value]) => [t(`facts.${name}`), value])} />;
}
