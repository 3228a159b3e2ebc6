import type { PickLine } from '../../../../preload/contract/pick-list.ts';
import type { DocumentProps } from '../../../print/document-props.ts';
import { Facts } from '../../../print/parts/Facts.tsx';

/** What to fetch in walking order: place by place, with room to tick; what has no place comes last. */
export function PickListDocument({ data, texts }: DocumentProps<'pick_list'>) {
  const { t } = texts;
  const { builds, lines } = data;
  const several = builds.length > 1;
  const places = Map.groupBy(lines, placeOf);
  const isOneOrder = new Set(builds.map(({ order_number }) => order_number)).size === 1;
  const buildName = ({ order_number, build_number }: PickLine['shares'][number]) =>
    isOneOrder ? build_number : `${order_number}/${build_number}`;
  return (
    <main>
      <header>
        <h1>{t('titles.pick_list')}</h1>
        <Facts
          facts={[
            ...builds.map(
              ({ order_number, build_number, customer_name, want_on, bom_version }): [string, string] => [
                `${order_number} · ${build_number}`,
                [
                  customer_name,
                  want_on && t('pick.wanted', { day: want_on }),
                  t('pick.bom', { version: bom_version }),
                ]
                  .filter(Boolean)
                  .join(' · '),
              ],
            ),
            [
              t('pick.items'),
              t('pick.counts', { items: lines.length, places: places.size - Number(places.has(null)) }),
            ],
          ]}
        />
      </header>
      <table style={{ marginTop: '5mm' }}>
        <thead>
          <tr>
            <th style={{ width: '16%' }}>{t('pick.bin')}</th>
            <th style={{ width: '25%' }}>{t('bom.item')}</th>
            <th>{t('bom.name')}</th>
            <th className="number">{t('bom.quantity')}</th>
            <th className="short">{t('bom.unit')}</th>
            <th className="short">{t('bom.picked')}</th>
          </tr>
        </thead>
        {[...places].map(([place, there]) => (
          <tbody key={place ?? ''}>
            <tr className="top">
              <td colSpan={6}>{place === null ? t('pick.no_place') : place || t('pick.other_bins')}</td>
            </tr>
            {there.map(line => (
              <tr key={`${line.item_id} ${line.uom_code} ${line.is_custom_part}`}>
                <td>{line.bin_location}</td>
                <td className="item">{line.item_id}</td>
                <td>
                  {line.name}
                  {several && (
                    <div className="quiet">
                      {line.shares.map(share => (
                        <span key={buildName(share)} style={{ whiteSpace: 'nowrap', marginRight: '3mm' }}>
                          {`${buildName(share)}: ${texts.quantity(share.quantity_e6)}`}
                        </span>
                      ))}
                    </div>
                  )}
                </td>
                <td className="number">{texts.quantity(line.quantity_e6)}</td>
                <td className="short">{line.uom_code}</td>
                <td>
                  <div className="box" />
                </td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </main>
  );
}
/** Null for what has no place at all, empty for a bin of no named place. */
const placeOf = ({ warehouse_location, bin_location }: PickLine): string | null =>
  warehouse_location ?? (bin_location === null ? null : '');
