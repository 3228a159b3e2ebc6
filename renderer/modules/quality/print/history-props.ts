import type { DeviceHistoryData } from '../../../../preload/contract/document-data.ts';
import type { DocumentTexts } from '../../../print/document-texts.ts';

export interface HistoryProps {
  data: DeviceHistoryData;
  texts: DocumentTexts;
}
/** What the comparison of the signed records with their signatures found. */
export const verificationWords = (
  { signatures, findings }: DeviceHistoryData['record']['verification'],
  { t }: DocumentTexts,
): string =>
  findings.length === 0
    ? t('record.verified', { signatures })
    : t('record.not_verified', { signatures, findings: findings.length });
