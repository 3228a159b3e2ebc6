import type { DocumentTexts } from '../document-texts.ts';

/** Room for name, signature and date in ink. */
export function SignOff({ meaning, texts }: { meaning: string; texts: DocumentTexts }) {
  return (
    <div className="sign-block">
      <strong>{meaning}</strong>
      <div className="sign">
        <div />
        <div />
        <div />
      </div>
      <div className="sign-caption">
        <span>{texts.t('sign.name')}</span>
        <span>{texts.t('sign.signature')}</span>
        <span>{texts.t('sign.date')}</span>
      </div>
    </div>
  );
}
