import { useTexts } from '../ui/texts.ts';
import { EntryPage } from './EntryPage.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import { useMe } from './session.tsx';

/** A password somebody else has set is replaced before anything else. */
export function ChangePassword() {
  const t = useTexts('app');
  const { me, becomes, signOut } = useMe();
  return (
    <EntryPage title={t('password.forced_title')} text={t('password.forced_text')}>
      <PasswordForm
        onDone={() => becomes({ ...me, must_change_password: false })}
        onCancel={signOut}
        cancelLabel={t('menu.sign_out')}
      />
    </EntryPage>
  );
}
