import { Navigate, useParams } from 'react-router';
import { useAsk } from '../../../rpc/hooks.ts';
import { RefusalNotice } from '../../../ui/RefusalNotice.tsx';

/** Where a scanned item label leads: the item of that number, older numbers included. */
export function NumberScreen() {
  const { number = '' } = useParams();
  const found = useAsk('catalogue.findMaterial', { number });
  if (found.error) return <RefusalNotice failure={found.error} />;
  return found.data ? <Navigate to={`/catalogue/items/${found.data.material_id}`} replace /> : null;
}
