import type { BomTreeData } from '../../../../preload/contract/document-data.ts';
import type { DocumentTexts } from '../../../print/document-texts.ts';
import { Facts } from '../../../print/parts/Facts.tsx';

interface BomHeadingProps {
  title: string;
  header: BomTreeData['header'];
  totals: BomTreeData['totals'];
  approved_at: string | null;
  texts: DocumentTexts;
}

/** Whose BOM, which version, who approved it, and how much is in it. */
export function BomHeading({ title, header, totals, approved_at, texts }: BomHeadingProps) {
  const { t } = texts;
  const approval = approved_at ? `${header.approved_by_name ?? ''} · ${approved_at}` : t('bom.not_approved');
  return (
    <header>
      <h1>{title}</h1>
      <p className="subtitle">{`${header.order_number} · ${header.build_number} · ${header.customer_name}`}</p>
      <Facts
        facts={[
          [t('bom.version'), `${header.bom_version} · ${t(`bom.statuses.${header.status}`)}`],
          [t('bom.approved'), approval],
          [t('bom.revision'), String(header.configuration_revision)],
          [
            t('bom.lines'),
            t('bom.line_counts', {
              top: totals.top_level_lines,
              rows: totals.rows,
              levels: totals.max_level + 1,
            }),
          ],
          [
            t('bom.items'),
            t('bom.item_counts', { parts: totals.distinct_parts, assemblies: totals.distinct_assemblies }),
          ],
          [t('bom.pieces'), texts.quantity(totals.total_leaf_quantity_e6)],
        ]}
      />
    </header>
  );
}
