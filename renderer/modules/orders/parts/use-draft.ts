import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { DraftDocument } from '../../../../preload/contract/orders.ts';
import { queries } from '../../../app/queries.ts';
import { ask, failureFrom, type RpcFailure } from '../../../rpc/client.ts';
import { useAsk } from '../../../rpc/hooks.ts';
import { type Autosave, autosave } from './autosave.ts';

const SAVE_DELAY_MS = 200;

export const emptyDraft = (): DraftDocument => ({
  step: 1,
  family: '',
  add_to_existing: false,
  header: {
    order_number: '',
    customer_name: '',
    project_name: '',
    sales_person: '',
    want_on: '',
    document_language: 'EN',
    notes: '',
  },
  builds: [],
  files: [],
});

export type SaveState = 'new' | 'saving' | 'saved' | 'failed';

/** Drafts stay at this station and announce nothing: what was read of them is read again. */
export function forgetDrafts(): void {
  queries.removeQueries({ queryKey: ['ask', 'orders.getDraft'], type: 'inactive' });
  void queries.invalidateQueries({ queryKey: ['ask', 'orders.listDrafts'] });
}

/** The wizard's document: on screen at once, on disk a moment later, under an id the address carries. */
export function useDraft(draftId: string | undefined, onCreated: (id: string) => void) {
  const navigate = useNavigate();
  const [draft, setDraft] = useState<DraftDocument | null>(draftId ? null : emptyDraft);
  const [saveState, setSaveState] = useState<SaveState>('new');
  const [saveFailure, setSaveFailure] = useState<RpcFailure | null>(null);
  const idRef = useRef(draftId);
  const draftRef = useRef(draft);
  const saverRef = useRef<Autosave<DraftDocument> | null>(null);
  const isOpen = useRef(true);
  const stored = useAsk(
    'orders.getDraft',
    { draft_id: draftId ?? '' },
    { enabled: Boolean(draftId) && !draft },
  );

  saverRef.current ??= autosave<DraftDocument>(
    async document => {
      const id = idRef.current;
      const saved = await ask('orders.saveDraft', { ...(id ? { draft_id: id } : {}), draft: document });
      // What was typed while this was on its way is not stored yet.
      if (draftRef.current === document) setSaveState('saved');
      setSaveFailure(null);
      forgetDrafts();
      if (id) return;
      idRef.current = saved.draft_id;
      // Who has gone on to another page is not fetched back by the first save.
      if (!isOpen.current) return;
      onCreated(saved.draft_id);
      navigate(`/orders/new/${saved.draft_id}`, { replace: true });
    },
    {
      delay_ms: SAVE_DELAY_MS,
      onProblem: problem => {
        setSaveState('failed');
        setSaveFailure(failureFrom(problem));
      },
    },
  );

  useEffect(() => {
    if (draftRef.current || !stored.data) return;
    draftRef.current = stored.data.draft;
    setDraft(stored.data.draft);
    setSaveState('saved');
  }, [stored.data]);

  useEffect(() => {
    isOpen.current = true;
    const flush = () => void saverRef.current?.flush();
    const flushHidden = () => document.visibilityState === 'hidden' && flush();
    window.addEventListener('pagehide', flush);
    document.addEventListener('visibilitychange', flushHidden);
    return () => {
      window.removeEventListener('pagehide', flush);
      document.removeEventListener('visibilitychange', flushHidden);
      isOpen.current = false;
      flush();
    };
  }, []);

  const change = (next: (draft: DraftDocument) => DraftDocument) => {
    if (!draftRef.current) return;
    const document = next(draftRef.current);
    draftRef.current = document;
    setDraft(document);
    setSaveState('saving');
    saverRef.current?.push(document);
  };
  /** Waits until everything typed is stored; answers the draft's id, or nothing when the disk holds an older draft. */
  const flush = async (): Promise<string | undefined> =>
    (await saverRef.current?.flush()) ? idRef.current : undefined;
  return { draft, change, flush, saveState, saveFailure, problem: stored.error, draftId: idRef.current };
}
