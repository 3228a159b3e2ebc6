import type { ReactNode } from 'react';
import type { DeviceHistoryData } from '../../../../preload/contract/document-data.ts';
import type { DocumentProps } from '../../../print/document-props.ts';
import type { DocumentTexts } from '../../../print/document-texts.ts';
import { ConfigurationTable } from '../../../print/parts/ConfigurationTable.tsx';
import { Facts } from '../../../print/parts/Facts.tsx';
import { QrCode } from '../../../print/parts/QrCode.tsx';
import { HistoryBom } from './HistoryBom.tsx';
import { HistoryDocuments, HistoryLabels, HistoryShipments } from './HistoryPapers.tsx';
import { HistorySeals } from './HistorySeals.tsx';
import { clock, HistoryTable } from './HistoryTable.tsx';
import { HistoryIssues, HistoryTimeline, HistoryWork } from './HistoryWork.tsx';
import { type HistoryProps, verificationWords } from './history-props.ts';
import { FormRecord } from './QcForm.tsx';

interface Chapter {
  key: string;
  body: ReactNode;
  /** Short chapters follow each other on one page. */
  is_short?: true;
}

/** How one build came to be: every record of it in one document, with a bookmark for each part. */
export function DeviceHistoryRecord({ data, texts }: DocumentProps<'device_history_record'>) {
  const props = { data, texts };
  const chapters: Chapter[] = [
    { key: 'configuration', body: <Configuration {...props} /> },
    { key: 'bom', body: <HistoryBom {...props} /> },
    { key: 'work', body: <HistoryWork {...props} /> },
    { key: 'forms', body: <Forms {...props} /> },
    { key: 'issues', body: <HistoryIssues {...props} /> },
    { key: 'labels', body: <HistoryLabels {...props} />, is_short: true },
    { key: 'documents', body: <HistoryDocuments {...props} />, is_short: true },
    { key: 'shipments', body: <HistoryShipments {...props} />, is_short: true },
    { key: 'timeline', body: <HistoryTimeline {...props} />, is_short: true },
    { key: 'seals', body: <HistorySeals {...props} /> },
  ];
  return (
    <main>
      <Cover {...props} chapters={chapters} />
      {chapters.map(({ key, body, is_short }, at) => (
        <section key={key} id={key} className={is_short ? 'chapter' : 'new-page'}>
          <h1>{`${at + 1} ${texts.t(`record.chapters.${key}`)}`}</h1>
          {body}
        </section>
      ))}
    </main>
  );
}

function Cover({ data, texts, chapters }: HistoryProps & { chapters: readonly Chapter[] }) {
  const { t } = texts;
  const { identity, verification } = data.record;
  const number = `${identity.order_number}/${identity.build_number}`;
  return (
    <section>
      <div className="cover">
        <div>
          <h1>{t('titles.device_history_record')}</h1>
          <div className="build-number">{identity.build_number}</div>
          <p className="subtitle">
            {[identity.model_name && texts.of(identity.model_name), identity.model_label]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
        <div className="qr">
          <QrCode text={number} label={number} />
        </div>
      </div>
      <Facts facts={identityFacts(data, texts)} />
      <h3>{t('record.contents')}</h3>
      <ol className="contents">
        {chapters.map(({ key }, at) => (
          <li key={key}>
            <a href={`#${key}`}>{`${at + 1} ${t(`record.chapters.${key}`)}`}</a>
          </li>
        ))}
      </ol>
      <div className="signature together">
        <strong>{identity.released ? t('record.released') : t('record.not_released')}</strong>
        {identity.released && (
          <p>{`${identity.released.by_name} · ${identity.released.at} · ${identity.certificate_number}`}</p>
        )}
        <p>{verificationWords(verification, texts)}</p>
        <p>{t('record.hash')}</p>
        <p className="hash">{data.record_sha256}</p>
      </div>
    </section>
  );
}

function identityFacts(
  { record, build }: DeviceHistoryData,
  texts: DocumentTexts,
): [string, string | null][] {
  const { t } = texts;
  const { identity } = record;
  const serials = record.bom.rows.flatMap(row => row.serials).length;
  const from_to = [identity.made_from_on, identity.made_until_on].filter(day => day !== null);
  return [
    [t('order.customer'), identity.customer_name],
    [t('order.number'), `${identity.order_number} / ${identity.build_number}`],
    [t('order.project'), identity.project_name],
    [t('qc.model'), identity.model_label],
    [t('record.udi'), identity.udis.join(', ') || t('record.no_udi')],
    [
      t('record.product_model'),
      identity.product_family && `${identity.product_family} V${identity.product_model_version}`,
    ],
    [t('qc.revision'), String(build.configuration_revision)],
    [t('bom.version'), record.bom.version === null ? null : String(record.bom.version)],
    [t('record.serials'), String(serials)],
    [t('order.ordered_on'), identity.ordered_on],
    [t('order.want_on'), identity.want_on],
    [t('record.made'), [...new Set(from_to)].join(' – ')],
    [t('record.quantity_made'), String(identity.quantity_made)],
    [t('record.quantity_released'), String(identity.quantity_released)],
    [t('record.status'), t(`orders:statuses.${identity.order_status}`)],
    [t('record.zone'), identity.timezone],
  ];
}

function Configuration({ data, texts }: HistoryProps) {
  const { t } = texts;
  const { answers, revisions, revision } = data.record.configuration;
  return (
    <>
      <p className="subtitle">{t('configuration.heading', { revision })}</p>
      <ConfigurationTable answers={answers} texts={texts} />
      <h2>{t('record.revisions')}</h2>
      <HistoryTable
        texts={texts}
        rows={revisions}
        keyOf={row => `${row.revision_no}`}
        columns={[
          { label: t('record.revision'), width: '14%', cell: row => row.revision_no },
          { label: t('record.at'), width: '20%', cell: row => clock(row) },
          { label: t('record.by'), width: '24%', cell: row => row.by_name },
          { label: t('record.reason'), cell: row => row.reason },
        ]}
      />
    </>
  );
}

/** The number of the chapter below. */
const FORMS_CHAPTER = 4;
function Forms({ data, texts }: HistoryProps) {
  const { t } = texts;
  return (
    <>
      <HistoryTable
        texts={texts}
        rows={data.seals}
        keyOf={seal => seal.log_id}
        columns={[
          {
            label: t('qc.certificate.form'),
            cell: seal => (
              <>
                {texts.of(seal.plan_name)}
                <div className="quiet">{seal.form}</div>
              </>
            ),
          },
          {
            label: t('qc.attempt'),
            width: '19%',
            cell: seal => t('qc.attempt_of', { attempt: seal.attempt_no, revision: seal.revision_no }),
          },
          {
            label: t('qc.result'),
            width: '16%',
            cell: seal =>
              seal.status === 'SIGNED'
                ? t(`qc.results.${seal.overall_result}`)
                : t(`quality:log_states.${seal.status}`),
          },
          {
            label: t('qc.certificate.signed'),
            width: '34%',
            cell: seal => (
              <>
                {seal.signer}
                <div className="quiet">{seal.signed_at}</div>
                {seal.second.map(({ signer, signed_at, signature_sha256 }) => (
                  <p key={signature_sha256}>{t('record.second', { signer, signed_at })}</p>
                ))}
              </>
            ),
          },
        ]}
      />
      {data.forms.map((form, at) => {
        const attempt = t('qc.attempt_of', { attempt: form.attempt_no, revision: form.revision_no });
        return (
          <section key={`${form.plan_type} ${attempt}`} className="new-page">
            <FormRecord
              data={form}
              texts={texts}
              title={`${FORMS_CHAPTER}.${at + 1} ${texts.of(form.plan_name)}`}
              subtitle={`${form.frame.form_id}.${form.frame.form_version} · ${t('qc.attempt')} ${attempt}`}
              levels={['h2', 'h3', 'h4']}
            />
          </section>
        );
      })}
    </>
  );
}
