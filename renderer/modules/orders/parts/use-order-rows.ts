import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type {
  OrderFilter,
  OrderGroup,
  OrderSort,
  OrderSummary,
} from '../../../../preload/contract/orders.ts';
import { ask } from '../../../rpc/client.ts';
import { type RowSource, WINDOW_ROWS } from '../../../ui/use-grid-rows.ts';

/**
 * The order list as windows of rows. The first window brings the count along, so that rows stand on screen after one
 * question; until it has come, the rows of the question before stay.
 */
export function useOrderRows(filter: OrderFilter, sort: OrderSort, group: OrderGroup | null) {
  const first = useQuery({
    queryKey: ['orders.rows', filter, sort, group],
    queryFn: async () => {
      const asked = { filter, sort, group };
      const [page, groups] = await Promise.all([
        ask('orders.list', { ...asked, offset: 0, limit: WINDOW_ROWS }),
        group === null ? null : ask('orders.groups', { ...asked, group }),
      ]);
      return { asked, ...page, groups: groups?.groups ?? null };
    },
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
  return {
    source,
    total: data?.total ?? 0,
    groups: data?.groups ?? null,
    grouped_by: data?.asked.group ?? null,
    isPending: first.isPending,
  };
}
