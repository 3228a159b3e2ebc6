import type { DocumentFrame } from '../../../preload/contract/document-data.ts';

/** Logo and address above the first page; nothing until the house has said what it looks like. */
export function Letterhead({ frame }: { frame: Pick<DocumentFrame, 'brand' | 'organization_name'> }) {
  const { brand } = frame;
  if (!brand || (brand.logo === null && brand.address.length === 0)) return null;
  return (
    <div className="letterhead">
      {brand.logo && <img src={brand.logo} alt={brand.house || frame.organization_name} />}
      <div className="letterhead-address">
        {brand.address.map(line => (
          <div key={line}>{line}</div>
        ))}
      </div>
    </div>
  );
}
