import type { DocumentProps } from '../../../print/document-props.ts';
import { BomHeading } from './BomHeading.tsx';

const INDENT_MM = 3.5;
/** Deeper levels keep their number but no longer move to the right. */
const DEEPEST_INDENT = 8;

/** Every row of the tree in its order, levels by number and indent. */
export function BomTreeDocument({ data, texts }: DocumentProps<'bom_tree'>) {
  const { t } = texts;
  const groupOf = (group: string | null) => {
    const label = group === null ? undefined : data.group_labels[group];
    return label ? texts.of(label) : (group ?? '');
  };
  return (
    <main>
      <BomHeading {...data} title={t('titles.bom_tree')} texts={texts} />
      <table style={{ marginTop: '5mm' }}>
        <thead>
          <tr>
            <th className="number">{t('bom.level')}</th>
            <th style={{ width: '27%' }}>{t('bom.item')}</th>
            <th>{t('bom.name')}</th>
            <th className="number">{t('bom.quantity')}</th>
            <th className="number">{t('bom.total')}</th>
            <th className="short">{t('bom.unit')}</th>
            <th style={{ width: '11%' }}>{t('bom.group')}</th>
            <th style={{ width: '19%' }}>{t('bom.manufacturer')}</th>
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a printed page never changes
            <tr key={i} className={row.level === 0 ? 'top' : undefined}>
              <td className="number">{row.level}</td>
              <td style={{ paddingLeft: `${1.5 + INDENT_MM * Math.min(row.level, DEEPEST_INDENT)}mm` }}>
                <span className="item">{row.item_id}</span>
              </td>
              <td>
                {row.name}
                {row.notes && <div className="quiet">{row.notes}</div>}
              </td>
              <td className="number">{texts.quantity(row.quantity_e6)}</td>
              <td className="number">{texts.quantity(row.total_quantity_e6)}</td>
              <td className="short">{row.uom_code}</td>
              <td>{row.level === 0 ? groupOf(row.group) : t(`bom.types.${row.item_type}`)}</td>
              <td className="quiet">
                {[row.manufacturer_name, row.manufacturer_part_number].filter(Boolean).join(' · ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </main>
  );
}
