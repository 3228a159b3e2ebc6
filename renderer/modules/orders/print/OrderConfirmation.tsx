import type { OrderConfirmationData } from '../../../../preload/contract/document-data.ts';
import type { DocumentProps } from '../../../print/document-props.ts';
import type { DocumentTexts } from '../../../print/document-texts.ts';
import { ConfigurationTable } from '../../../print/parts/ConfigurationTable.tsx';
import { Facts } from '../../../print/parts/Facts.tsx';
import { SignOff } from '../../../print/parts/SignOff.tsx';

type Build = OrderConfirmationData['builds'][number];

/** What the customer ordered: the order, then each build with its answers and lines. */
export function OrderConfirmation({ data, texts }: DocumentProps<'order_confirmation'>) {
  const { order, builds } = data;
  const { t } = texts;
  return (
    <main>
      <h1>{t('titles.order_confirmation')}</h1>
      <p className="subtitle">{`${order.order_number} · ${order.customer_name}`}</p>
      <Facts
        facts={[
          [t('order.customer'), order.customer_name],
          [t('order.number'), order.order_number],
          [t('order.project'), order.project_name],
          [t('order.ordered_on'), order.ordered_on],
          [t('order.sales_person'), order.sales_person],
          [t('order.want_on'), order.want_on],
          [t('order.builds'), String(builds.length)],
        ]}
      />
      {order.notes && (
        <section className="together">
          <h2>{t('order.notes')}</h2>
          <p style={{ whiteSpace: 'pre-wrap' }}>{order.notes}</p>
        </section>
      )}
      {builds.map(build => (
        <BuildSection key={build.build_number} build={build} texts={texts} />
      ))}
      <SignOff meaning={t('sign.customer_accepts')} texts={texts} />
    </main>
  );
}

function BuildSection({ build, texts }: { build: Build; texts: DocumentTexts }) {
  const { t } = texts;
  const model = [build.model_name && texts.of(build.model_name), build.model_label]
    .filter(Boolean)
    .join(' · ');
  return (
    <section>
      <h2>{t('order.build_heading', { build: build.build_number, model })}</h2>
      <ConfigurationTable answers={build.answers} texts={texts} />
      <h3>{t('order.lines')}</h3>
      <table>
        <thead>
          <tr>
            <th style={{ width: '38%' }}>{t('bom.item')}</th>
            <th>{t('bom.name')}</th>
            <th className="number">{t('bom.quantity')}</th>
            <th className="short">{t('bom.unit')}</th>
          </tr>
        </thead>
        <tbody>
          {build.lines.map((line, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a printed page never changes
            <tr key={i}>
              <td className="item">{line.item_id}</td>
              <td>
                {line.name}
                {line.notes && <div className="quiet">{line.notes}</div>}
              </td>
              <td className="number">{texts.quantity(line.quantity_e6)}</td>
              <td className="short">{line.uom_code}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
