import { safeStorage } from 'electron';
import type { Secrets } from '../platform/ports.ts';
import { keyFileSecrets } from '../platform/secrets.ts';

const KEY_STORE = 'os:';
const KEY_FILE = 'file:';

/**
 * Seals with the key store of the operating system; without one (a Linux desktop without a keyring, whose
 * `basic_text` store protects nothing) with a key file, and says so once. A secret remembers what sealed it.
 */
export function shellSecrets(key_file: string, notice: (text: string) => void): Secrets {
  const hasKeyStore =
    safeStorage.isEncryptionAvailable() &&
    (process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text');
  if (!hasKeyStore)
    notice(
      'This computer has no key store: secrets are sealed with a key file that only your account can read.',
    );
  const fileSecrets = keyFileSecrets(key_file);
  return {
    seal: plain =>
      hasKeyStore
        ? KEY_STORE + safeStorage.encryptString(plain).toString('base64')
        : KEY_FILE + fileSecrets.seal(plain),
    open: sealed =>
      sealed.startsWith(KEY_STORE)
        ? safeStorage.decryptString(Buffer.from(sealed.slice(KEY_STORE.length), 'base64'))
        : fileSecrets.open(sealed.slice(KEY_FILE.length)),
  };
}

/** Answers of the shell to the data process, which has no key store of its own. */
export const secretAnswers = (secrets: () => Secrets) => ({
  seal_secret: async ({ plain }: { plain: string }) => secrets().seal(plain),
  open_secret: async ({ sealed }: { sealed: string }) => secrets().open(sealed),
});
