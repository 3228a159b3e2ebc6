import type { DocumentProps } from '../../../print/document-props.ts';
import { BomHeading } from './BomHeading.tsx';

/** One line per item, summed over the whole build, with room to tick what was picked. */
export function BomAggregatedDocument({ data, texts }: DocumentProps<'bom_aggregated'>) {
  const { t } = texts;
  return (
    <main>
      <BomHeading {...data} title={t('titles.bom_aggregated')} texts={texts} />
      <table style={{ marginTop: '5mm' }}>
        <thead>
          <tr>
            <th style={{ width: '25%' }}>{t('bom.item')}</th>
            <th>{t('bom.name')}</th>
            <th style={{ width: '17%' }}>{t('bom.manufacturer')}</th>
            <th className="number">{t('bom.total')}</th>
            <th className="short">{t('bom.unit')}</th>
            <th className="short">{t('bom.picked')}</th>
          </tr>
        </thead>
        <tbody>
          {data.lines.map((line, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a printed page never changes
            <tr key={i}>
              <td className="item">{line.item_id}</td>
              <td>{line.name}</td>
              <td className="quiet">
                {[line.manufacturer_name, line.manufacturer_part_number].filter(Boolean).join(' · ')}
              </td>
              <td className="number">{texts.quantity(line.total_quantity_e6)}</td>
              <td className="short">{line.uom_code}</td>
              <td>
                <div className="box" />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={3}>{t('bom.sum', { items: data.lines.length })}</td>
            <td className="number">{texts.quantity(data.totals.total_leaf_quantity_e6)}</td>
            <td colSpan={2} />
          </tr>
        </tfoot>
      </table>
    </main>
  );
}
