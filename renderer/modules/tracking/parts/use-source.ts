import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type RowSource, WINDOW_ROWS } from '../../../ui/use-grid-rows.ts';

/** A list as windows of rows; the first window brings the count along, and the rows before stay until it has come. */
export function useSource<Answer extends { rows: object[]; total: number }>(
  name: string,
  asked: unknown,
  load: (offset: number, limit: number) => Promise<Answer>,
) {
  const first = useQuery({
    queryKey: [name, asked],
    queryFn: async () => ({ answer: await load(0, WINDOW_ROWS), load }),
    placeholderData: keepPreviousData,
  });
  const { data } = first;
  const source = useMemo<RowSource<Answer['rows'][number]> | undefined>(
    () =>
      data && {
        count: data.answer.total,
        version: first.dataUpdatedAt,
        first: data.answer.rows,
        load: async (offset, limit) => (await data.load(offset, limit)).rows,
      },
    [data, first.dataUpdatedAt],
  );
  return {
    source,
    answer: data?.answer,
    total: data?.answer.total ?? 0,
    isPending: first.isPending,
    error: first.error,
  };
}
