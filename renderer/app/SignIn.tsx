import { Alert, Button, PasswordInput, Select, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../rpc/connection.ts';
import { useCommand } from '../rpc/hooks.ts';
import { keepStartedFrom, startedFrom } from '../rpc/started-from.ts';
import { RefusalNotice } from '../ui/RefusalNotice.tsx';
import { useTexts } from '../ui/texts.ts';
import { DemoAccounts } from './DemoAccounts.tsx';
import { EntryPage } from './EntryPage.tsx';
import { LANGUAGE_NAMES, LANGUAGES, setLanguage } from './i18n.ts';
import { useSessionState } from './session.tsx';
import { Unreachable } from './Unreachable.tsx';

const LAST_USER = 'millwright.last_user';

export function SignIn({ ended }: { ended: boolean }) {
  const t = useTexts('app');
  const { i18n } = useTranslation();
  const { becomes } = useSessionState();
  const connection = useConnection();
  const signIn = useCommand('identity.signIn');
  const [remembered] = useState(() => localStorage.getItem(LAST_USER) ?? '');
  const [organization] = useState(startedFrom);
  const [username, setUsername] = useState(remembered);
  const [password, setPassword] = useState('');
  useEffect(() => {
    document.title = `${t('sign_in.title')} · Millwright`;
  }, [t]);
  if (connection === 'refused') return <Unreachable />;

  const enter = (credentials: { username: string; password: string }) =>
    signIn.run(credentials).then(
      ({ session, me }) => {
        localStorage.setItem(LAST_USER, me.username);
        keepStartedFrom(null);
        becomes(me, session);
      },
      () => setPassword(''),
    );
  return (
    <EntryPage title={t('sign_in.title')}>
      {organization && (
        <Alert color="blue" title={t('sign_in.started_from', { organization })}>
          {t('sign_in.started_from_text', { organization })}
        </Alert>
      )}
      {ended && !organization && !signIn.failure && <Alert color="gray">{t('sign_in.ended')}</Alert>}
      <form
        onSubmit={event => {
          event.preventDefault();
          void enter({ username, password });
        }}
        style={{ display: 'grid', gap: 12 }}
      >
        <TextInput
          label={t('sign_in.username')}
          autoComplete="username"
          value={username}
          onChange={event => setUsername(event.currentTarget.value)}
          data-autofocus={remembered ? undefined : true}
          autoFocus={!remembered}
          required
          withAsterisk={false}
        />
        <PasswordInput
          label={t('sign_in.password')}
          autoComplete="current-password"
          value={password}
          onChange={event => setPassword(event.currentTarget.value)}
          autoFocus={Boolean(remembered)}
          visibilityToggleButtonProps={{ 'aria-label': t('sign_in.show_password') }}
          required
          withAsterisk={false}
        />
        <RefusalNotice failure={signIn.failure} />
        <Button type="submit" loading={signIn.pending} disabled={!username || !password} fullWidth>
          {t('sign_in.enter')}
        </Button>
      </form>
      <DemoAccounts
        disabled={signIn.pending}
        onChoose={account => {
          setUsername(account.username);
          void enter(account);
        }}
      />
      <Select
        size="xs"
        w={130}
        aria-label={t('language')}
        allowDeselect={false}
        data={LANGUAGES.map(value => ({ value, label: LANGUAGE_NAMES[value] }))}
        value={i18n.language}
        onChange={value => {
          const language = LANGUAGES.find(known => known === value);
          if (language) setLanguage(language);
        }}
      />
    </EntryPage>
  );
}
