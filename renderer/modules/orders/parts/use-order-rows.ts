import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { OrderFilter, OrderSort, OrderSummary } from '../../../../preload/contract/orders.ts';
import { ask } from '../../../rpc/client.ts';
import { type RowSource, WINDOW_ROWS } from '../../../ui/use-grid-rows.ts';

/**
 * The order list as windows of rows. The first window brings the count along, so that rows stand on screen after one
 * question; until it has come, the rows of the question before stay.
 */
export function useOrderRows(filter: OrderFilter, sort: OrderSort) {
  const first = useQuery({
    queryKey: ['orders.rows', filter, sort],
    queryFn: async () => ({
      asked: { filter, sort },
      ...(await ask('orders.list', { filter, sort, offset: 0, limit: WINDOW_ROWS })),
    }),
    placeholderData: keepPreviousData,
  });
  const { data } = first;
  const source = useMemo<RowSource<OrderSummary> | undefined>(
    () =>
      data && {
        count: data.total,
        version: [data.asked, first.dataUpdatedAt],
        first: data.rows,
        load: async (offset, limit) => (await ask('orders.list', { ...data.asked, offset, limit })).rows,
      },
    [data, first.dataUpdatedAt],
  );
  return { source, total: data?.total ?? 0, isPending: first.isPending };
}
