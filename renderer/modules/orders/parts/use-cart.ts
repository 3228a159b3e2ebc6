import type { ServiceItem } from '../../../../preload/contract/service-orders.ts';
import { useAsk, useCommand } from '../../../rpc/hooks.ts';

export const UNIT_E6 = 1_000_000;
/** The cart of the person: every change is stored at once. */
export function useCart(enabled: boolean) {
  const cart = useAsk('orders.serviceCart', {}, { enabled }).data;
  const adding = useCommand('orders.addToCart');
  const setting = useCommand('orders.setCartLine');
  const noting = useCommand('orders.setCartNotes');
  const submitting = useCommand('orders.submitCart');
  return {
    cart,
    pending: submitting.pending,
    failure: adding.failure ?? setting.failure ?? submitting.failure,
    reset: () => {
      adding.reset();
      setting.reset();
      submitting.reset();
    },
    add: (material_id: ServiceItem['material_id'], quantity_e6 = UNIT_E6) =>
      adding.run({ lines: [{ material_id, quantity_e6 }] }).catch(() => undefined),
    setLine: (
      line_id: NonNullable<typeof cart>['lines'][number]['line_id'],
      quantity_e6: number,
      notes: string | null,
    ) => setting.run({ line_id, quantity_e6, notes }).catch(() => undefined),
    setNotes: (notes: string) => noting.run({ notes }).catch(() => undefined),
    submit: () => submitting.run({}).catch(() => undefined),
  };
}
export type Cart = ReturnType<typeof useCart>;
