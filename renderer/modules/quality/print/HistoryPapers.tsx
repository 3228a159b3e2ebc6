import { clock, HistoryTable } from './HistoryTable.tsx';
import type { HistoryProps } from './history-props.ts';

export function HistoryLabels({ data, texts }: HistoryProps) {
  const { t } = texts;
  return (
    <HistoryTable
      texts={texts}
      rows={data.record.labels}
      keyOf={row => row.label_code}
      columns={[
        {
          label: t('record.label'),
          cell: row => (
            <>
              {t(`logistics:types.${row.label_type}`)}
              <div className="quiet">{row.label_code}</div>
            </>
          ),
        },
        { label: t('record.code'), width: '25%', cell: row => row.barcode_value },
        { label: t('record.layout'), width: '19%', cell: row => row.template },
        { label: t('record.printed_times'), kind: 'number', cell: row => row.print_count },
        {
          label: t('record.last_printed'),
          width: '22%',
          cell: row => (
            <>
              {row.by_name}
              <div className="quiet">{clock(row.last_printed)}</div>
            </>
          ),
        },
      ]}
    />
  );
}

/** Files of the build; the hash tells whether a file at hand is the one that was attached. */
export function HistoryDocuments({ data, texts }: HistoryProps) {
  const { t } = texts;
  return (
    <HistoryTable
      texts={texts}
      rows={data.record.documents.map((row, at) => ({ ...row, at_no: at }))}
      keyOf={row => `${row.at_no}`}
      columns={[
        {
          label: t('record.file'),
          cell: row => (
            <>
              {row.name}
              <div className="quiet hash">{`SHA-256 ${row.sha256}`}</div>
            </>
          ),
        },
        { label: t('record.role'), width: '18%', cell: row => t(`infrastructure:files.roles.${row.role}`) },
        {
          label: t('record.added'),
          width: '24%',
          cell: row => (
            <>
              {row.added.by_name}
              <div className="quiet">{clock(row.added)}</div>
            </>
          ),
        },
      ]}
    />
  );
}

export function HistoryShipments({ data, texts }: HistoryProps) {
  const { t } = texts;
  return (
    <HistoryTable
      texts={texts}
      rows={data.record.shipments}
      keyOf={row => row.shipment_number}
      columns={[
        {
          label: t('record.shipment'),
          width: '20%',
          cell: row => (
            <>
              <strong>{row.shipment_number}</strong>
              <div className="quiet">{t(`record.shipment_types.${row.shipment_type}`)}</div>
            </>
          ),
        },
        {
          label: t('record.way'),
          width: '27%',
          cell: row => (
            <>
              {[row.origin, row.destination].filter(Boolean).join(' → ')}
              <div className="quiet">
                {[row.carrier_name, row.tracking_number].filter(Boolean).join(' · ')}
              </div>
            </>
          ),
        },
        {
          label: t('record.lines'),
          cell: row =>
            row.lines.map(line => (
              <div key={`${line.material_number} ${line.description}`}>
                {`${texts.quantity(line.quantity_e6)} × ${line.material_number}`}
                {line.status && ` · ${t(`fulfilment:outsourcing.${line.status}`)}`}
                {line.returned_on && ` ${line.returned_on}`}
              </div>
            )),
        },
        { label: t('record.shipped'), width: '19%', cell: row => clock(row.shipped) },
      ]}
    />
  );
}
