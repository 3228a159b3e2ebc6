import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../preload/contract/rpc.ts';

export type Texts = (key: string, values?: Record<string, unknown>) => string;

/** The texts of a module; a missing key shows itself. */
export function useTexts(module: string): Texts {
  const { t } = useTranslation(module);
  return useCallback((key, values) => String(t(key, { ...values })), [t]);
}

/** A refusal or fault in words, from the one catalogue. */
export function wordFailure(t: TFunction | Texts, failure: Failure): string {
  const details = { ...failure.details };
  const text = String(t(`refusals:${failure.code}`, { ...details, defaultValue: '' }));
  return text || String(t('refusals:unlisted', { code: failure.code }));
}
