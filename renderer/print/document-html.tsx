import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type {
  DataOfDocument,
  DocumentName,
  Paper,
  TextLanguage,
} from '../../preload/contract/document-data.ts';
import { BomAggregatedDocument } from '../modules/bom/print/BomAggregatedDocument.tsx';
import { BomTreeDocument } from '../modules/bom/print/BomTreeDocument.tsx';
import { PickListDocument } from '../modules/bom/print/PickListDocument.tsx';
import { OrderConfirmation } from '../modules/orders/print/OrderConfirmation.tsx';
import { WorkInstructionPack } from '../modules/production/print/WorkInstructionPack.tsx';
import { DeviceHistoryRecord } from '../modules/quality/print/DeviceHistoryRecord.tsx';
import { PackingList } from '../modules/quality/print/PackingList.tsx';
import { QcCertificate } from '../modules/quality/print/QcCertificate.tsx';
import { QcForm } from '../modules/quality/print/QcForm.tsx';
import type { DocumentProps } from './document-props.ts';
import { type DocumentTexts, documentTexts } from './document-texts.ts';
import { fontCss } from './fonts.ts';
import { type Orientation, pageFrameCss, paperWidth, subjectText } from './page-frame.ts';
import { Letterhead } from './parts/Letterhead.tsx';
import styles from './print.css?inline';

export interface DocumentLook {
  language: TextLanguage;
  paper: Paper;
}
type Layouts = {
  [N in DocumentName]: { orientation: Orientation; component: (props: DocumentProps<N>) => ReactNode };
};
const layouts: Layouts = {
  order_confirmation: { orientation: 'portrait', component: OrderConfirmation },
  bom_tree: { orientation: 'landscape', component: BomTreeDocument },
  bom_aggregated: { orientation: 'portrait', component: BomAggregatedDocument },
  pick_list: { orientation: 'portrait', component: PickListDocument },
  work_instructions: { orientation: 'portrait', component: WorkInstructionPack },
  qc_form: { orientation: 'portrait', component: QcForm },
  test_report: { orientation: 'portrait', component: QcForm },
  qc_certificate: { orientation: 'portrait', component: QcCertificate },
  packing_list: { orientation: 'portrait', component: PackingList },
  device_history_record: { orientation: 'portrait', component: DeviceHistoryRecord },
};

export const documentTitle = (name: DocumentName, texts: DocumentTexts): string => texts.t(`titles.${name}`);

/** The whole document as one HTML text: styles and font inside, no scripts, the same for preview, PDF and paper. */
export function documentHtml<N extends DocumentName>(
  name: N,
  data: DataOfDocument[N],
  { language, paper }: DocumentLook,
): string {
  const { orientation, component: Layout } = layouts[name];
  const texts = documentTexts(language);
  const title = documentTitle(name, texts);
  const frame = data.frame;
  const css = [
    fontCss,
    pageFrameCss(frame, title, texts, paper, orientation),
    `:root { --paper-width: ${paperWidth(paper, orientation)}mm; }`,
    styles,
  ].join('\n');
  const subject = frame.is_example ? subjectText(frame, texts) : (frame.build_number ?? frame.order_number);
  const page = renderToStaticMarkup(
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <title>{`${title} ${subject}`}</title>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: style text is our own; running heads are escaped in page-frame */}
        <style dangerouslySetInnerHTML={{ __html: css }} />
      </head>
      <body>
        <div className="screen-frame">
          <span>{`${frame.organization_name} · ${frame.plant_name}`}</span>
          <span>{`${frame.form_id}.${frame.form_version} · ${frame.printed_at}`}</span>
        </div>
        <Letterhead frame={frame} />
        <Layout data={data} texts={texts} />
      </body>
    </html>,
  );
  return `<!doctype html>\n${page}`;
}
