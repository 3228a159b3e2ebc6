import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { RpcFailure } from '../rpc/client.ts';
import { useConnection } from '../rpc/connection.ts';
import { RefusalNotice } from '../ui/RefusalNotice.tsx';
import { useTexts } from '../ui/texts.ts';
import { EntryPage } from './EntryPage.tsx';
import { useSessionState } from './session.tsx';

const QUIET_MS = 600;

/** Before the first answer: nothing for a moment, then what is missing, in words. */
export function Unreachable({ failure }: { failure?: RpcFailure }) {
  const t = useTexts('app');
  const connection = useConnection();
  const { restart } = useSessionState();
  const [isQuiet, setQuiet] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setQuiet(false), QUIET_MS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (failure && connection === 'open') restart();
  }, [failure, connection, restart]);
  if (connection === 'refused')
    return <EntryPage title={t('connect.refused_title')} text={t('connect.refused_text')} />;
  if (isQuiet && !failure) return null;
  return (
    <EntryPage title={t('connect.title')} text={t('connect.text')}>
      <RefusalNotice failure={failure} />
      {failure && <Button onClick={restart}>{t('connect.retry')}</Button>}
    </EntryPage>
  );
}
