import { z } from 'zod';
import { Refusal } from '../rpc/refusal.ts';
import { CentreSays, CentreUndid, CentreUnreachable } from './centre.ts';

/** What went wrong in a code with a text of the catalogue; anything unforeseen goes on as it is. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof CentreUnreachable) return new Refusal(error.code, { reason: error.message });
  if (error instanceof CentreSays) return new Refusal(`centre_${error.kind}`, { reason: error.message });
  if (error instanceof CentreUndid) return new Refusal('centre_undid', { reason: error.message });
  if (error instanceof z.ZodError)
    return new Refusal('centre_answer_unknown', { reason: error.issues[0]?.message ?? '' });
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return new Refusal('disk_full');
  throw error;
}
export async function asking<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw refusalOf(error);
  }
}
