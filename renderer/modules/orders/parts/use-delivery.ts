import { useEffect } from 'react';
import { download } from '../../../rpc/client.ts';
import type { JobState } from '../../../rpc/hooks.ts';

interface Delivering {
  state: JobState<{ ticket: string; file_name: string }>;
  reset(): void;
}

/** Hands a finished workbook to the person as soon as it is there. */
export function useDelivery({ state, reset }: Delivering) {
  useEffect(() => {
    if (state.kind !== 'done') return;
    download(state.value.ticket, state.value.file_name);
    reset();
  }, [state, reset]);
}
