import type { QcFormData } from '../../../../preload/contract/document-data.ts';
import type { DocumentProps } from '../../../print/document-props.ts';
import type { DocumentTexts } from '../../../print/document-texts.ts';
import { Facts } from '../../../print/parts/Facts.tsx';
import { QrCode } from '../../../print/parts/QrCode.tsx';
import { SignOff } from '../../../print/parts/SignOff.tsx';
import { SignatureStamp } from './SignatureStamp.tsx';

type Row = QcFormData['sections'][number]['rows'][number];

/** An inspection form: filled with its signature, or blank with boxes for ink. */
export function QcForm({ data, texts }: DocumentProps<'qc_form' | 'test_report'>) {
  const { order, build, plan_name } = data;
  const subtitle = `${order.order_number} · ${build.build_number} · ${order.customer_name}`;
  return (
    <main>
      <FormRecord
        data={data}
        texts={texts}
        title={texts.of(plan_name)}
        subtitle={subtitle}
        levels={['h1', 'h2', 'h3']}
      />
    </main>
  );
}

interface FormRecordProps {
  data: QcFormData;
  texts: DocumentTexts;
  title: string;
  subtitle: string;
  /** Headings of the form, of its sections and of the rest: one step down where the form is part of a record. */
  levels: readonly ['h1', 'h2', 'h3'] | readonly ['h2', 'h3', 'h4'];
}
/** The form itself, by itself or as a part of the device history record. */
export function FormRecord({ data, texts, title, subtitle, levels }: FormRecordProps) {
  const { t } = texts;
  const { order, build } = data;
  const [Title, SectionTitle, SmallTitle] = levels;
  return (
    <>
      <div className="qc-head">
        <div>
          <Title className="title">{title}</Title>
          <p className="subtitle">{subtitle}</p>
        </div>
        <QrCode text={data.qr_text} label={data.qr_text} />
      </div>
      <Facts
        facts={[
          [t('order.customer'), order.customer_name],
          [t('order.project'), order.project_name],
          [t('qc.model'), build.model_label],
          [t('qc.revision'), String(build.configuration_revision)],
          [t('qc.job_id'), data.job_id],
          [
            t('qc.attempt'),
            data.is_blank
              ? null
              : t('qc.attempt_of', { attempt: data.attempt_no, revision: data.revision_no }),
          ],
          [t('qc.result'), data.is_blank ? null : t(`qc.results.${data.overall_result}`)],
        ]}
      />
      {data.correction_reason && <p>{t('qc.correction', { reason: data.correction_reason })}</p>}
      {data.failure && (
        <p>
          <strong>{t('qc.failure', { text: data.failure.description })}</strong>
          {data.failure.needs_rework && ` · ${t('qc.rework')}`}
        </p>
      )}
      {data.setup && (
        <section className="together">
          <SmallTitle>{t('qc.setup')}</SmallTitle>
          <p>{texts.of(data.setup)}</p>
        </section>
      )}
      <Instruments data={data} texts={texts} />
      {data.sections.map(section => (
        <section key={section.code}>
          <SectionTitle className="section-title">{texts.of(section.name)}</SectionTitle>
          <table>
            <thead>
              <tr>
                <th style={{ width: '13%' }}>{t('qc.code')}</th>
                <th>{t('qc.check')}</th>
                <th style={{ width: '30%' }}>{t('qc.answer')}</th>
                <th style={{ width: '9%' }}>{t('qc.by')}</th>
              </tr>
            </thead>
            <tbody>
              {section.rows.map(row => (
                <CheckRow
                  key={`${row.code} ${row.repeat_index}`}
                  row={row}
                  is_blank={data.is_blank}
                  texts={texts}
                />
              ))}
            </tbody>
          </table>
        </section>
      ))}
      {data.notes && (
        <section className="together">
          <SmallTitle>{t('qc.remarks')}</SmallTitle>
          <p style={{ whiteSpace: 'pre-wrap' }}>{data.notes}</p>
        </section>
      )}
      <Attempts data={data} texts={texts} Heading={SmallTitle} />
      {data.signature ? (
        <SignatureStamp block={data.signature} texts={texts} />
      ) : data.is_blank ? (
        <SignOff
          meaning={texts
            .of(data.declaration)
            .replace('{name}', '____________________')
            .replace('{date}', '____________')}
          texts={texts}
        />
      ) : (
        <p className="signature">
          <strong>{t('qc.not_signed')}</strong>
        </p>
      )}
    </>
  );
}

function Instruments({ data, texts }: { data: QcFormData; texts: DocumentTexts }) {
  if (data.instruments.length === 0) return null;
  return (
    <p>
      <strong>{texts.t('qc.instruments')}: </strong>
      {data.instruments
        .map(i =>
          texts.t('qc.instrument', {
            code: i.instrument_code,
            name: i.instrument_name,
            serial: i.serial_number ?? '–',
            due_on: i.calibration_due_on,
          }),
        )
        .join('; ')}
    </p>
  );
}
interface AttemptsProps {
  data: QcFormData;
  texts: DocumentTexts;
  Heading: FormRecordProps['levels'][2];
}
function Attempts({ data, texts, Heading }: AttemptsProps) {
  const signed = data.attempts.filter(a => a.status === 'SIGNED');
  if (signed.length < 2) return null;
  return (
    <section className="together">
      <Heading>{texts.t('qc.history')}</Heading>
      {signed.map(a => (
        <p key={a.log_id}>
          {texts.t('qc.history_line', {
            attempt: a.attempt_no,
            revision: a.revision_no,
            result: texts.t(`qc.results.${a.overall_result}`),
          })}
          {a.correction_reason && ` · ${a.correction_reason}`}
        </p>
      ))}
    </section>
  );
}

const PLACE = { basins: 'qc.basin', faucets: 'qc.faucet', sprayers: 'qc.gun', accessories: null } as const;
function CheckRow({ row, is_blank, texts }: { row: Row; is_blank: boolean; texts: DocumentTexts }) {
  const { t } = texts;
  const place = row.repeated_per && row.repeat_index > 0 ? PLACE[row.repeated_per] : null;
  const limits =
    row.lower_limit_e6 !== null && row.upper_limit_e6 !== null
      ? t('qc.limits', {
          lower: texts.quantity(row.lower_limit_e6),
          upper: texts.quantity(row.upper_limit_e6),
          unit: row.unit ?? '',
        })
      : null;
  return (
    <tr className={row.is_applicable ? undefined : 'absent'}>
      <td>
        {row.code}
        {place && <div className="quiet">{t(place, { n: row.repeat_index })}</div>}
      </td>
      <td>
        {row.item_label ?? texts.of(row.name)}
        {row.expectation && (
          <div className="quiet">{t('qc.expected', { text: texts.of(row.expectation) })}</div>
        )}
        {limits && <div className="quiet">{limits}</div>}
        {!row.is_applicable && (
          <div className="quiet">
            {t('qc.rule', { rule: row.rule_words ? texts.of(row.rule_words) : (row.rule ?? '') })}
          </div>
        )}
        {row.from_task_code && <div className="quiet">{t('qc.from_task', { task: row.from_task_code })}</div>}
        {row.note && <div>{t('qc.note', { text: row.note })}</div>}
        {row.files.length > 0 && (
          <div className="quiet">
            {t('qc.photos', { names: row.files.map(f => f.original_name).join(', ') })}
          </div>
        )}
      </td>
      <td className={is_blank ? 'ink' : undefined}>{is_blank ? boxes(row, texts) : answerOf(row, texts)}</td>
      <td className="short">{row.measured_by_initials}</td>
    </tr>
  );
}

/** Boxes to tick and lines to write on. */
function boxes(row: Row, texts: DocumentTexts): string {
  const { t } = texts;
  if (!row.is_applicable) return t('qc.na');
  const line = `________ ${row.unit ?? ''}`;
  const ticks = (words: string[]) => words.map(word => `☐ ${word}`).join('   ');
  switch (row.data_type) {
    case 'BOOLEAN':
      return [
        ticks([
          t(row.test_type ? 'qc.pass' : 'qc.yes'),
          t(row.test_type ? 'qc.fail' : 'qc.no'),
          ...(row.can_be_na ? [t('qc.na')] : []),
        ]),
        row.unit !== null ? line : '',
      ].join('   ');
    case 'CHOICE':
      return ticks(row.options.map(o => texts.of(o.label)));
    case 'COUNT':
      return `____ / ${row.expected_value ?? ''}`;
    default:
      return line;
  }
}
function answerOf(row: Row, texts: DocumentTexts): string {
  const { t } = texts;
  if (!row.is_applicable || row.is_na) return t('qc.na');
  const parts = [
    row.measured_text && wordOf(row, row.measured_text, texts),
    row.other_text,
    row.measured_value_e6 !== null && `${texts.quantity(row.measured_value_e6)} ${row.unit ?? ''}`.trim(),
    row.data_type === 'COUNT' && row.measured_value_e6 !== null && `/ ${row.expected_value ?? ''}`,
  ];
  return parts.filter(Boolean).join(' · ') || t('qc.not_inspected');
}
function wordOf(row: Row, value: string, texts: DocumentTexts): string {
  const option = row.options.find(o => o.code === value);
  if (option) return texts.of(option.label);
  if (row.data_type !== 'BOOLEAN') return value;
  if (value === 'YES') return texts.t(row.test_type ? 'qc.pass' : 'qc.yes');
  return texts.t(row.test_type ? 'qc.fail' : 'qc.no');
}
