import { useEffect, useRef } from 'react';
import { inlineUrl } from '../../../rpc/client.ts';
import { useJob } from '../../../rpc/hooks.ts';
import type { PrintTarget } from './print-target.ts';

/** The exact pages as an address to frame, made anew when the target changes. */
export function usePages(target: PrintTarget, wanted: boolean) {
  const job = useJob('printing.renderPdf');
  const key = JSON.stringify(target);
  const asked = useRef('');
  const { start } = job;
  useEffect(() => {
    if (!wanted || asked.current === key) return;
    asked.current = key;
    const { document, params, look }: PrintTarget = JSON.parse(key);
    void start({ document, params, ...look, purpose: 'preview' });
  }, [wanted, key, start]);
  const made = job.state.kind === 'done' && asked.current === key ? job.state.value : undefined;
  return {
    state: job.state,
    cancel: job.cancel,
    pages: made?.pages,
    url: made && `${inlineUrl(made.ticket)}#navpanes=1&view=FitH`,
  };
}
