import type { HistoryRecord } from '../../../../preload/contract/history-record.ts';
import type { DocumentTexts } from '../../../print/document-texts.ts';
import { clock, HistoryTable } from './HistoryTable.tsx';
import type { HistoryProps } from './history-props.ts';

type Row = HistoryRecord['bom']['rows'][number];
type Captured = Row['serials'][number];

/** The BOM as it was built, with the serial and batch numbers that went in, and its versions. */
export function HistoryBom({ data, texts }: HistoryProps) {
  const { t } = texts;
  const { rows, surplus, versions } = data.record.bom;
  return (
    <>
      <HistoryTable
        texts={texts}
        rows={versions}
        keyOf={row => row.bom_number}
        columns={[
          { label: t('bom.version'), width: '14%', cell: row => row.bom_version },
          { label: t('bom.revision'), width: '17%', cell: row => row.configuration_revision },
          { label: t('record.status'), width: '17%', cell: row => t(`bom.statuses.${row.status}`) },
          { label: t('record.made_by'), cell: row => `${row.created.by_name}, ${clock(row.created)}` },
          {
            label: t('bom.approved'),
            cell: row => (row.approved ? `${row.approved.by_name}, ${clock(row.approved)}` : ''),
          },
        ]}
      />
      <h2>{t('record.as_built')}</h2>
      {rows.length === 0 && <p>{t('record.none')}</p>}
      {rows.length > 0 && (
        <table>
          <thead>
            <tr>
              <th style={{ width: '31%' }}>{t('bom.item')}</th>
              <th>{t('bom.name')}</th>
              <th className="number">{t('bom.total')}</th>
              <th style={{ width: '27%' }}>{t('record.numbers')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the place in the tree is what tells equal rows apart
              <tr key={at} className={row.level === 0 ? 'top' : undefined}>
                <td className={`item indent-${Math.min(row.level, 3)}`}>{row.item_id}</td>
                <td>{row.name}</td>
                <td className="number">{`${texts.quantity(row.total_quantity_e6)} ${row.uom_code}`}</td>
                <td>
                  <Numbers row={row} texts={texts} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {surplus.length > 0 && (
        <>
          <h2>{t('record.surplus')}</h2>
          <HistoryTable
            texts={texts}
            rows={surplus}
            keyOf={row => `${row.item_id} ${row.number}`}
            columns={[
              { label: t('bom.item'), cell: row => row.item_id },
              { label: t('record.serial'), cell: row => row.number },
              { label: t('record.by'), cell: row => `${row.by_name}, ${clock(row)}` },
            ]}
          />
        </>
      )}
    </>
  );
}

function Numbers({ row, texts }: { row: Row; texts: DocumentTexts }) {
  const { t } = texts;
  const line = (label: string, found: Captured) => (
    <div key={`${label} ${found.number}`}>
      <strong>{`${label} ${found.number}`}</strong>
      {found.basin_index !== null && ` · ${t('qc.basin', { n: found.basin_index })}`}
      <div className="quiet">{`${found.by_name}, ${clock(found)}`}</div>
    </div>
  );
  return (
    <>
      {row.serials.map(serial => line(t('record.serial_short'), serial))}
      {row.batches.map(batch => line(t('record.batch_short'), batch))}
      {row.needs_serial && row.serials.length === 0 && t('record.serial_missing')}
    </>
  );
}
