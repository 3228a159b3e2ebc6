import { useCallback, useRef, useState } from 'react';

/** A list of known length that is fetched page by page as one scrolls. */
export interface WindowedSource<Row> {
  count: number;
  load(offset: number, limit: number): Promise<readonly Row[]>;
  /** Changes when filter, sort or data change: everything fetched before is dropped. */
  version: unknown;
}
const PAGE = 200;

export function useWindowedRows<Row>(source: WindowedSource<Row> | undefined) {
  const [, redraw] = useState(0);
  const held = useRef<{ version: unknown; pages: Map<number, readonly Row[] | 'loading'> }>({
    version: undefined,
    pages: new Map(),
  });
  if (source && held.current.version !== source.version)
    held.current = { version: source.version, pages: new Map() };
  const need = useCallback(
    (first: number, last: number) => {
      if (!source) return;
      const { pages, version } = held.current;
      for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page += 1) {
        if (pages.has(page) || page * PAGE >= source.count) continue;
        pages.set(page, 'loading');
        source
          .load(page * PAGE, PAGE)
          .then(rows => {
            if (held.current.version !== version) return;
            pages.set(page, rows);
            redraw(n => n + 1);
          })
          .catch(() => pages.delete(page));
      }
    },
    [source],
  );
  const rowAt = (index: number): Row | undefined => {
    const page = held.current.pages.get(Math.floor(index / PAGE));
    return page === undefined || page === 'loading' ? undefined : page[index % PAGE];
  };
  return { rowAt, need };
}
