import { renderToStaticMarkup } from 'react-dom/server';
import type { DocumentFrame, Paper, TextLanguage } from '../../preload/contract/document-data.ts';
import { documentTexts } from './document-texts.ts';
import { Letterhead } from './parts/Letterhead.tsx';

const PAPER_MM: Record<Paper, { width: number; height: number }> = {
  LETTER: { width: 215.9, height: 279.4 },
  A4: { width: 210, height: 297 },
};
/** One page with its running heads where paper has them, for a look before anything is printed. */
export function frameSampleHtml(
  frame: DocumentFrame,
  { language, paper }: { language: TextLanguage; paper: Paper },
): string {
  const texts = documentTexts(language);
  const { width, height } = PAPER_MM[paper];
  const accent = /^#[0-9A-Fa-f]{6}$/.test(frame.brand?.accent ?? '') ? frame.brand?.accent : '#111111';
  const foot = frame.brand ? texts.of(frame.brand.footer) : '';
  const css = `
    body { margin: 12px; background: #cfd2d6; font-family: 'Inter', system-ui, sans-serif; color: #111; }
    .page { width: ${width}mm; height: ${height}mm; background: #fff; zoom: 0.55; padding: 14mm; box-sizing: border-box;
      display: flex; flex-direction: column; font-size: 10pt; line-height: 1.2; }
    .head, .foot { display: flex; justify-content: space-between; gap: 4mm; white-space: pre-wrap; }
    .head { border-bottom: 0.35mm solid ${accent}; padding-bottom: 1mm; margin-bottom: 6mm; }
    .foot { border-top: 0.35mm solid ${accent}; padding-top: 1mm; margin-top: auto; }
    .letterhead { display: flex; justify-content: space-between; gap: 6mm; }
    .letterhead img { max-width: 60mm; max-height: 18mm; object-fit: contain; }
    .letterhead-address { margin-left: auto; text-align: right; }`;
  const page = renderToStaticMarkup(
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: style text is our own; the one colour in it is checked */}
        <style dangerouslySetInnerHTML={{ __html: css }} />
      </head>
      <body>
        <div className="page">
          <div className="head">
            <div>{`${frame.brand?.house || frame.organization_name}\n${frame.plant_name}`}</div>
            <strong>{texts.t('frame.order', { order: frame.order_number })}</strong>
          </div>
          <Letterhead frame={frame} />
          <div className="foot">
            <div>{texts.t('frame.form', { form: `${frame.form_id}.${frame.form_version}` })}</div>
            <div>{`${texts.t('frame.printed', { at: frame.printed_at, by: frame.printed_by })}${foot ? `\n${foot}` : ''}`}</div>
            <div>{texts.t('frame.page', { page: '1', pages: '1' })}</div>
          </div>
        </div>
      </body>
    </html>,
  );
  return `<!doctype html>\n${page}`;
}
