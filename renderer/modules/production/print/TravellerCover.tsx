import type { WorkInstructionsData } from '../../../../preload/contract/document-data.ts';
import { unitWords } from '../../../../preload/contract/product-model.ts';
import type { DocumentProps } from '../../../print/document-props.ts';
import type { DocumentTexts } from '../../../print/document-texts.ts';
import { type Fact, Facts } from '../../../print/parts/Facts.tsx';
import { QrCode } from '../../../print/parts/QrCode.tsx';
import { SignOff } from '../../../print/parts/SignOff.tsx';
import { SinkDrawing } from '../../orders/parts/SinkDrawing.tsx';

/** What the cover leaves for the drawing, on Letter as on A4. */
/** Low enough that the sign-off stays on the page below the longest names. */
const DRAWING_ROOM = { width_mm: 174, height_mm: 86 };

/** First page: the build readable at arm's length and by scanner, what it looks like, and who releases it. */
export function TravellerCover({ data, texts }: DocumentProps<'work_instructions'>) {
  const { order, build, bom } = data;
  const { applies, ...draft } = data.draft ?? {
    applies: false,
    instruction_code: '',
    instruction_version: 0,
  };
  const { t } = texts;
  const pegboard = build.answers.find(answer => answer.path === 'pegboard_color');
  return (
    <section>
      <div className="cover">
        <div>
          <h1>{t('titles.work_instructions')}</h1>
          <div className="build-number">{build.build_number}</div>
          <p className="subtitle">
            {[order?.customer_name, order && build.model_label].filter(Boolean).join(' · ')}
          </p>
        </div>
        {data.qr_text !== null && (
          <div className="qr">
            <QrCode text={data.qr_text} label={t('work.qr', { build: build.build_number })} />
          </div>
        )}
      </div>
      {data.draft && <p className="draft">{t(applies ? 'work.draft_pack' : 'work.draft_absent', draft)}</p>}
      {order === null && <p className="draft">{t('work.example_pack')}</p>}
      <Facts
        facts={[
          ...(order ? orderFacts(order, texts) : []),
          [t('work.model'), build.model_name && texts.of(build.model_name)],
          ...(bom ? bomFacts(data.build, bom, texts) : []),
          [t('work.tasks'), String(data.tasks.length)],
          [t('work.planned_time'), texts.minutes(data.total_minutes)],
        ]}
      />
      <div className="drawing">
        <SinkDrawing
          configuration={build.configuration}
          paper={DRAWING_ROOM}
          {...(pegboard && { pegboardText: texts.of(pegboard.value_label) })}
          title={t('work.drawing')}
          unit={texts.of(unitWords.in)}
        />
      </div>
      {order && <SignOff meaning={t('sign.released')} texts={texts} />}
    </section>
  );
}

const orderFacts = (
  order: NonNullable<WorkInstructionsData['order']>,
  { t }: DocumentTexts,
): readonly Fact[] => [
  [t('order.number'), order.order_number],
  [t('order.want_on'), order.want_on],
  [t('order.customer'), order.customer_name],
  [t('order.project'), order.project_name],
];
const bomFacts = (
  build: WorkInstructionsData['build'],
  bom: NonNullable<WorkInstructionsData['bom']>,
  { t }: DocumentTexts,
): readonly Fact[] => [
  [t('bom.revision'), String(build.configuration_revision)],
  [t('bom.version'), `${bom.bom_version} · ${t(`bom.statuses.${bom.status}`)}`],
  [
    t('bom.approved'),
    bom.approved_at ? `${bom.approved_by_name ?? ''} · ${bom.approved_at}` : t('bom.not_approved'),
  ],
];
