import { useEffect, useRef, useState } from 'react';
import { inlineUrl } from '../../../rpc/client.ts';
import { useJob } from '../../../rpc/hooks.ts';
import type { PrintTarget } from './print-target.ts';

interface Pages {
  /** Which target they show: an answer that comes late belongs to an earlier one. */
  key: string;
  pages: number;
  url: string;
}

/** The exact pages as an address to frame, made anew when the target changes. */
export function usePages(target: PrintTarget, wanted: boolean) {
  const { start, state, cancel } = useJob('printing.renderPdf');
  const [made, setMade] = useState<Pages | null>(null);
  const key = JSON.stringify(target);
  const asked = useRef('');
  useEffect(() => {
    if (!wanted || asked.current === key) return;
    asked.current = key;
    const { document, params, look }: PrintTarget = JSON.parse(key);
    void start({ document, params, ...look, purpose: 'preview' }).then(file => {
      if (file) setMade({ key, pages: file.pages, url: `${inlineUrl(file.ticket)}#navpanes=1&view=FitH` });
    });
  }, [wanted, key, start]);
  return { state, cancel, shown: made?.key === key ? made : null };
}
