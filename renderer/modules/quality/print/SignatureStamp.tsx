import type { SignatureBlock } from '../../../../preload/contract/inspection.ts';
import type { DocumentTexts } from '../../../print/document-texts.ts';

/** The block under every signed record: meaning, declaration, name, time with zone, hash. */
export function SignatureStamp({ block, texts }: { block: SignatureBlock; texts: DocumentTexts }) {
  const { t } = texts;
  return (
    <div className="signature together">
      <strong>{`${t('qc.signed_electronically')}: ${t(`qc.meanings.${block.meaning}`)}`}</strong>
      <p>{block.declaration}</p>
      <p>{`${block.signer_name} (${block.signer_initials}) · ${block.signed_at}`}</p>
      <p className="quiet">{block.signed_text}</p>
      <p className="quiet">{t('qc.hash', { hash: block.content_sha256 })}</p>
    </div>
  );
}
