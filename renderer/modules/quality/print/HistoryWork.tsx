import { clock, HistoryTable } from './HistoryTable.tsx';
import type { HistoryProps } from './history-props.ts';

const markOf = ({ stations }: HistoryProps['data'], station_id: string | null | undefined): string =>
  stations.find(station => station.station_id === station_id)?.mark ?? '';

/** Every task with its instruction: who did it, when, at which station. */
export function HistoryWork({ data, texts }: HistoryProps) {
  const { t } = texts;
  return (
    <HistoryTable
      texts={texts}
      rows={data.record.work}
      keyOf={row => row.task_code}
      columns={[
        { label: t('work.code'), width: '11%', cell: row => row.task_code },
        {
          label: t('work.task'),
          cell: row => (
            <>
              {row.title ? texts.of(row.title) : row.description}
              {row.is_rework && (
                <div className="quiet">{`${t('record.rework')} ${row.ncr_number ?? ''}`}</div>
              )}
            </>
          ),
        },
        { label: t('record.instruction'), width: '21%', cell: row => row.instruction },
        {
          label: t('work.done'),
          width: '25%',
          cell: row =>
            row.completed ? (
              <>
                {row.completed.by_name}
                <div className="quiet">{clock(row.completed)}</div>
              </>
            ) : (
              t('record.not_done')
            ),
        },
        {
          label: t('record.station'),
          kind: 'short',
          cell: row => markOf(data, row.completed?.station_id),
        },
      ]}
    />
  );
}

/** Nonconformities with what was done about them. */
export function HistoryIssues({ data, texts }: HistoryProps) {
  const { t } = texts;
  return (
    <HistoryTable
      texts={texts}
      rows={data.record.issues}
      keyOf={row => row.ncr_number}
      columns={[
        {
          label: t('record.ncr'),
          width: '20%',
          cell: row => (
            <>
              <strong>{row.ncr_number}</strong>
              <div>{t(`fulfilment:ncr_types.${row.ncr_type}`)}</div>
              <div className="quiet">
                {`${t(`fulfilment:severities.${row.severity}`)} · ${t(`fulfilment:ncr_statuses.${row.status}`)}`}
              </div>
            </>
          ),
        },
        {
          label: t('record.what'),
          cell: row => (
            <>
              {row.defect_description}
              <div className="quiet">
                {[
                  t(`fulfilment:categories.${row.category}`),
                  ...row.characteristic_codes,
                  row.material_number,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </div>
              <div className="quiet">{`${row.reported_by_name}, ${dayOf(data, row.reported_at_ms)}`}</div>
            </>
          ),
        },
        {
          label: t('record.resolution'),
          width: '38%',
          cell: row =>
            row.resolved_at_ms === null ? (
              t('record.unsettled')
            ) : (
              <>
                {[row.corrective_action, row.resolution_notes].filter(Boolean).join(' – ')}
                <div className="quiet">{`${row.resolved_by_name}, ${dayOf(data, row.resolved_at_ms)}`}</div>
              </>
            ),
        },
      ]}
    />
  );
}
/** An instant of a nonconformity as the plant reads it. */
function dayOf({ record }: HistoryProps['data'], at_ms: number): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: record.identity.timezone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return parts.format(at_ms);
}

/** What happened, oldest first, with the station it was done at. */
export function HistoryTimeline({ data, texts }: HistoryProps) {
  const { t } = texts;
  return (
    <HistoryTable
      texts={texts}
      rows={data.record.timeline.map((row, at) => ({ ...row, at_no: at }))}
      keyOf={row => `${row.at_no}`}
      columns={[
        { label: t('record.at'), width: '19%', cell: row => clock(row) },
        {
          label: t('record.what'),
          cell: row => (
            <>
              {t(`orders:history.${row.action}`, { defaultValue: row.action })}
              {row.from_status !== null &&
                row.from_status !== row.to_status &&
                row.action !== row.to_status &&
                ` → ${t(`orders:statuses.${row.to_status}`, { defaultValue: row.to_status })}`}
              {row.comment && <div className="quiet">{row.comment}</div>}
            </>
          ),
        },
        { label: t('record.by'), width: '25%', cell: row => row.by_name },
        { label: t('record.station'), kind: 'short', cell: row => markOf(data, row.station_id) },
      ]}
    />
  );
}
