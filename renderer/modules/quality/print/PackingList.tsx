import type { DocumentProps } from '../../../print/document-props.ts';
import { Facts } from '../../../print/parts/Facts.tsx';
import { SignOff } from '../../../print/parts/SignOff.tsx';
import { SignatureStamp } from './SignatureStamp.tsx';

/** What lies in the crate: item, how many are needed, how many are packed or mounted. */
export function PackingList({ data, texts }: DocumentProps<'packing_list'>) {
  const { t } = texts;
  const { order, build } = data;
  return (
    <main>
      <h1>{t('titles.packing_list')}</h1>
      <p className="subtitle">{`${order.order_number} · ${build.build_number} · ${order.customer_name}`}</p>
      <Facts
        facts={[
          [t('order.customer'), order.customer_name],
          [t('order.number'), order.order_number],
          [t('order.project'), order.project_name],
          [t('qc.model'), build.model_label],
        ]}
      />
      <table style={{ marginTop: '4mm' }}>
        <thead>
          <tr>
            <th style={{ width: '10%' }}>{t('qc.code')}</th>
            <th>{t('qc.packing.item')}</th>
            <th style={{ width: '26%' }}>{t('qc.packing.number')}</th>
            <th className="number">{t('qc.packing.needed')}</th>
            <th className="number">{t('qc.packing.packed')}</th>
          </tr>
        </thead>
        <tbody>
          {data.lines.map(line => (
            <tr key={`${line.code} ${line.item_label}`}>
              <td>{line.code}</td>
              <td>{line.item_label ?? texts.of(line.name)}</td>
              <td className="item">{line.material_number}</td>
              <td className="number">{texts.quantity(line.required_e6)}</td>
              <td className="number">
                {line.is_mounted
                  ? t('qc.mounted')
                  : line.packed_e6 === null
                    ? '☐'
                    : texts.quantity(line.packed_e6)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {data.signature ? (
        <SignatureStamp block={data.signature} texts={texts} />
      ) : (
        <SignOff meaning={t('titles.packing_list')} texts={texts} />
      )}
    </main>
  );
}
