import type { Repeat } from '../../../../preload/contract/inspection.ts';
import { formatInstant } from '../../../ui/formats.ts';
import type { Texts } from '../../../ui/texts.ts';

/** Why a form is filled again, with what was said when the build came back. */
export function repeatWords(t: Texts, { because, since_ms, reason }: Repeat, timezone: string): string {
  const words = t(`repeat.${because}`, { when: formatInstant(since_ms, timezone) });
  return reason === null ? words : `${words}: ${reason}`;
}
