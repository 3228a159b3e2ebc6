import type { DocumentProps } from '../../../print/document-props.ts';
import { ConfigurationTable } from '../../../print/parts/ConfigurationTable.tsx';
import { Facts } from '../../../print/parts/Facts.tsx';
import { SignatureStamp } from './SignatureStamp.tsx';

/** What a build was released on: every signed record with its hash, under one number. */
export function QcCertificate({ data, texts }: DocumentProps<'qc_certificate'>) {
  const { t } = texts;
  const { order, build } = data;
  return (
    <main>
      <h1>{t('titles.qc_certificate')}</h1>
      <p className="subtitle">{data.certificate_number}</p>
      <p>{t('qc.certificate.text')}</p>
      <Facts
        facts={[
          [t('order.customer'), order.customer_name],
          [t('order.number'), `${order.order_number} / ${build.build_number}`],
          [t('order.project'), order.project_name],
          [t('qc.model'), build.model_label],
          [t('qc.revision'), String(build.configuration_revision)],
          [t('qc.certificate.released'), data.signature.signed_at],
        ]}
      />
      <h2>{t('qc.certificate.records')}</h2>
      <table>
        <thead>
          <tr>
            <th>{t('qc.certificate.form')}</th>
            <th style={{ width: '14%' }}>{t('qc.result')}</th>
            <th style={{ width: '34%' }}>{t('qc.certificate.signed')}</th>
          </tr>
        </thead>
        <tbody>
          {data.inspections.map(i => (
            <tr key={i.plan_type}>
              <td>
                {texts.of(i.plan_name)}
                <div className="quiet">{`${i.form} · ${t('qc.attempt')} ${i.attempt_no}`}</div>
                <div className="quiet">{`SHA-256 ${i.signature.content_sha256}`}</div>
              </td>
              <td>{t(`qc.results.${i.overall_result}`)}</td>
              <td>
                {`${i.signature.signer_name} (${i.signature.signer_initials})`}
                <div className="quiet">{i.signature.signed_at}</div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ConfigurationTable answers={build.answers} texts={texts} />
      <SignatureStamp block={data.signature} texts={texts} />
    </main>
  );
}
