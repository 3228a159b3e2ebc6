import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';
import { ask, failureFrom, onFailure, type RpcFailure } from '../rpc/client.ts';
import type { OutputAt } from '../rpc/paths.ts';
import { borrowSessionToken, sessionToken, setSessionToken } from '../rpc/session-token.ts';
import { setLanguage } from './i18n.ts';

export type Me = OutputAt<'identity.me'>;
export interface Session {
  me: Me;
  may(permission: string | undefined): boolean;
  signOut(): Promise<void>;
  lock(): Promise<void>;
  /** Another person has taken over, or the person's own facts changed. */
  becomes(me: Me, session?: string): void;
}
type State =
  | { kind: 'starting' }
  | { kind: 'unreachable'; failure: RpcFailure }
  | { kind: 'signed_out'; ended: boolean }
  | { kind: 'signed_in'; me: Me };

interface Value {
  state: State;
  becomes(me: Me, session?: string): void;
  signOut(): Promise<void>;
  lock(): Promise<void>;
  restart(): void;
}
const SessionContext = createContext<Value | null>(null);

export function SessionProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const [state, setState] = useState<State>({ kind: 'starting' });

  const becomes = useCallback(
    (me: Me, session?: string) => {
      if (session) setSessionToken(session);
      setLanguage(me.locale);
      setState({ kind: 'signed_in', me });
      void queries.invalidateQueries();
    },
    [queries],
  );
  const ends = useCallback(
    (ended: boolean) => {
      setSessionToken(null);
      queries.clear();
      setState({ kind: 'signed_out', ended });
    },
    [queries],
  );
  const restart = useCallback(() => {
    setState({ kind: 'starting' });
    borrowSessionToken()
      .then(token => (token ? ask('identity.me', {}) : null))
      .then(
        me => (me ? becomes(me) : setState({ kind: 'signed_out', ended: false })),
        error => {
          const failure = failureFrom(error);
          if (failure.code === 'not_signed_in') setState({ kind: 'signed_out', ended: true });
          else setState({ kind: 'unreachable', failure });
        },
      );
  }, [becomes]);
  useEffect(restart, [restart]);

  useEffect(
    () =>
      onFailure((failure, session) => {
        // A late answer to the previous person's session says nothing about this one.
        if (session !== sessionToken()) return;
        if (failure.code === 'not_signed_in') ends(true);
        if (failure.code === 'session_locked')
          setState(now => (now.kind === 'signed_in' ? { ...now, me: { ...now.me, is_locked: true } } : now));
      }),
    [ends],
  );

  const signOut = useCallback(async () => {
    await ask('identity.signOut', {}).catch(failureFrom);
    ends(false);
    // Whoever signs in next begins at an own page; a session that was ended for somebody goes on where it was.
    location.hash = '#/';
  }, [ends]);
  const lock = useCallback(async () => {
    setState(now => (now.kind === 'signed_in' ? { ...now, me: { ...now.me, is_locked: true } } : now));
    await ask('identity.lock', {}).catch(failureFrom);
  }, []);

  const value = useMemo(
    () => ({ state, becomes, signOut, lock, restart }),
    [state, becomes, signOut, lock, restart],
  );
  return <SessionContext value={value}>{children}</SessionContext>;
}

export function useSessionState(): Value {
  const value = use(SessionContext);
  if (!value) throw new Error('no session provider');
  return value;
}

export const mayOf =
  (me: Me) =>
  (permission: string | undefined): boolean => {
    if (!permission || me.permissions.includes('*') || me.permissions.includes(permission)) return true;
    const [resource] = permission.split(':');
    return me.permissions.includes(`${resource}:*`);
  };

/** The signed-in person, with `may('orders:create')`. Only below the sign-in screen. */
export function useMe(): Me & Session {
  const { state, becomes, signOut, lock } = useSessionState();
  if (state.kind !== 'signed_in') throw new Error('used outside a session');
  const { me } = state;
  return useMemo(() => ({ ...me, me, may: mayOf(me), becomes, signOut, lock }), [me, becomes, signOut, lock]);
}
