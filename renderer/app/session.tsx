import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { Out } from '../rpc/client.ts';
import { ask, heldSession, keepSession, onSessionRefusal } from '../rpc/client.ts';
import { queries } from '../rpc/hooks.ts';
import { speak } from './i18n.ts';

export type Me = Out<'identity.me'>;
interface SessionState {
  me: Me | null;
  /** The first look at a kept session has been answered. */
  is_ready: boolean;
  enter(session: string, me: Me): void;
  refresh(me: Me): void;
  leave(): void;
  setLocked(is_locked: boolean): void;
}
const SessionContext = createContext<SessionState | null>(null);

/** Who works here. A reload keeps the session; its end brings the sign-in back. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [me, setMe] = useState<Me | null>(null);
  const [isReady, setReady] = useState(heldSession() === null);
  const refresh = useCallback((fresh: Me) => {
    speak(fresh.locale);
    setMe(fresh);
  }, []);
  const leave = useCallback(() => {
    keepSession(null);
    queries.clear();
    setMe(null);
  }, []);
  const setLocked = useCallback((is_locked: boolean) => setMe(held => held && { ...held, is_locked }), []);

  useEffect(() => {
    if (heldSession() === null) return;
    ask('identity.me', {})
      .then(fresh => refresh(fresh as Me))
      .catch(() => keepSession(null))
      .finally(() => setReady(true));
  }, [refresh]);
  useEffect(
    () =>
      onSessionRefusal(failure => {
        if (failure.code === 'not_signed_in') leave();
        if (failure.code === 'session_locked') setLocked(true);
      }),
    [leave, setLocked],
  );
  const state = useMemo<SessionState>(
    () => ({
      me,
      is_ready: isReady,
      enter: (session, fresh) => {
        keepSession(session);
        refresh(fresh);
        void queries.invalidateQueries();
      },
      refresh,
      leave,
      setLocked,
    }),
    [me, isReady, refresh, leave, setLocked],
  );
  return <SessionContext value={state}>{children}</SessionContext>;
}

export function useSession(): SessionState {
  const state = useContext(SessionContext);
  if (!state) throw new Error('outside the session');
  return state;
}
/** The signed-in person, with `may('resource:action')`. Only inside the signed-in part of the window. */
export function useMe(): Me & { may(permission: string | undefined): boolean } {
  const { me } = useSession();
  if (!me) throw new Error('nobody is signed in');
  return useMemo(() => ({ ...me, may: permission => mayDo(me.permissions, permission) }), [me]);
}
/** The services decide; this only hides what would be refused. */
export function mayDo(permissions: readonly string[], permission: string | undefined): boolean {
  if (permission === undefined || permissions.includes('*') || permissions.includes('*:*')) return true;
  const [resource, action] = permission.split(':');
  return [permission, `${resource}:*`, `*:${action}`].some(p => permissions.includes(p));
}
