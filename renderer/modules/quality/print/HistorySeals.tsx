import { Fragment } from 'react';
import { HistoryTable } from './HistoryTable.tsx';
import { type HistoryProps, verificationWords } from './history-props.ts';

/** Hashes of every sealed record and of the whole, what the comparison found, and what marks and initials stand for. */
export function HistorySeals({ data, texts }: HistoryProps) {
  const { t } = texts;
  const { people, verification } = data.record;
  return (
    <>
      <p>{verificationWords(verification, texts)}</p>
      {verification.findings.map(found => (
        <p key={`${found.signature_id} ${found.where} ${found.kind}`}>
          <strong>
            {`${found.plan_type ? t(`quality:types.${found.plan_type}`) : ''}: ${found.where} · ${t(`quality:verify.kinds.${found.kind}`)}`}
          </strong>
        </p>
      ))}
      <HistoryTable
        texts={texts}
        rows={data.seals.filter(seal => seal.status === 'SIGNED')}
        keyOf={seal => seal.log_id}
        columns={[
          {
            label: t('record.sealed'),
            width: '30%',
            cell: seal => (
              <>
                {seal.form}
                <div className="quiet">
                  {`${t('qc.attempt')} ${t('qc.attempt_of', { attempt: seal.attempt_no, revision: seal.revision_no })}`}
                </div>
              </>
            ),
          },
          {
            label: 'SHA-256',
            cell: seal => (
              <>
                <div>{t('record.content')}</div>
                <div className="hash">{seal.content_sha256}</div>
                <div>{t('record.signature')}</div>
                <div className="hash">{seal.signature_sha256}</div>
                {seal.second.map(({ signer, signed_at, content_sha256, signature_sha256 }) => (
                  <Fragment key={signature_sha256}>
                    <div>{t('record.second', { signer, signed_at })}</div>
                    <div className="hash">{content_sha256}</div>
                    <div className="hash">{signature_sha256}</div>
                  </Fragment>
                ))}
              </>
            ),
          },
        ]}
      />
      <div className="signature together">
        <strong>{t('record.hash')}</strong>
        <p className="hash">{data.record_sha256}</p>
        <p>{t('record.hash_text')}</p>
      </div>
      <h2>{t('record.people')}</h2>
      <HistoryTable
        texts={texts}
        rows={people}
        keyOf={row => row.user_id}
        columns={[
          { label: t('record.initials'), width: '15%', cell: row => row.initials },
          { label: t('sign.name'), cell: row => row.full_name },
          { label: t('record.user'), width: '35%', cell: row => row.username },
        ]}
      />
      <h2>{t('record.stations')}</h2>
      <HistoryTable
        texts={texts}
        rows={data.stations}
        keyOf={row => row.mark}
        columns={[
          { label: t('record.station'), width: '15%', cell: row => row.mark },
          { label: t('record.station_id'), cell: row => row.station_id },
        ]}
      />
    </>
  );
}
