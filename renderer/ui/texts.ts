import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../preload/contract/rpc.ts';

export type Translate = TFunction;
/** Texts of one module: `t('screens.list.title', {count})`. Refusals of every module are at hand as well. */
export function useTexts(module: string): Translate {
  return useTranslation([module, 'ui', 'refusals']).t as Translate;
}
/** A refusal in the reader's words. */
export function wordFailure(t: Translate, failure: Failure): string {
  const key = `refusals:${failure.code}`;
  const text = String(t(key, { ...failure.details, defaultValue: '' }));
  return text || String(t('ui:failure_without_text', { code: failure.code }));
}
