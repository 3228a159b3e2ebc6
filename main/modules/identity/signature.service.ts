import type { RowOf } from '../../../db/kit/define-table.ts';
import { electronic_signatures, user_sessions } from '../../../db/schema/identity.ts';
import { timeInZone } from '../../platform/days.ts';
import { verifySecret } from '../../platform/secrets.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { countFailure, currentUser, refuseWhileLocked } from './session.service.ts';
import { contentHash, type SaidBySignature, signatureHash } from './signature.rules.ts';

export type Signature = RowOf<typeof electronic_signatures>;
export interface Credentials {
  username?: string | undefined;
  password?: string | undefined;
  pin?: string | undefined;
}
export type SigningMethod = Signature['method'];

/** True when this session has signed before: then the password or the PIN alone is enough. */
export function hasSignedInSession(ctx: ReadCtx): boolean {
  const row = ctx.sql.get<{ signing_started_at_ms: number | null }>(
    'select signing_started_at_ms from user_sessions where id = ?',
    [ctx.actor.session_id ?? ''],
  );
  return typeof row?.signing_started_at_ms === 'number';
}

/**
 * The signer proves to be the person who is signed in: user name and password for the first signature of a session,
 * password or PIN for the next ones. Refuses `signature_needs_user`, `signature_other_user`, `password_wrong`,
 * `pin_wrong`, `account_locked`; wrong secrets are counted. Call it before any other write of the command.
 */
export function confirmSigner(ctx: CommandCtx, given: Credentials): SigningMethod {
  const user = currentUser(ctx);
  refuseWhileLocked(ctx, user);
  const is_first = !hasSignedInSession(ctx);
  if (is_first && (!given.username || given.password === undefined)) refuse('signature_needs_user');
  if (given.username && !isName(given.username, user))
    refuse('signature_other_user', { username: given.username, signed_in: user.username });
  if (given.password !== undefined) {
    if (!verifySecret(given.password, user.hashed_password)) return countFailure(ctx, user, 'password_wrong');
  } else if (user.hashed_pin === null || !verifySecret(given.pin ?? '', user.hashed_pin)) {
    return countFailure(ctx, user, 'pin_wrong');
  }
  if (is_first && ctx.actor.session_id)
    ctx.update(user_sessions, ctx.actor.session_id, { signing_started_at_ms: ctx.now_ms });
  return is_first ? 'USER_AND_PASSWORD' : given.password === undefined ? 'PIN' : 'PASSWORD';
}
const isName = (given: string, user: { username: string; email: string | null }): boolean =>
  [user.username, user.email].some(name => name?.toLowerCase() === given.toLowerCase());

export interface ToSign {
  entity_type: string;
  entity_id: string;
  /** Names the record to a person in the trail. */
  entity_identifier: string;
  meaning: string;
  declaration: string;
  timezone: string;
  method: SigningMethod;
  content: Record<string, unknown>;
}
/** Writes the signature over this content. The signer was confirmed before. */
export function signRecord(ctx: CommandCtx, to: ToSign): Signature {
  const { user_id, full_name, initials } = ctx.actor;
  const content_sha256 = contentHash(to.content);
  const { entity_type, entity_id, meaning, declaration, timezone, method, content } = to;
  const signed: SaidBySignature = {
    entity_type,
    entity_id,
    meaning,
    declaration,
    signer_id: user_id,
    signer_name: full_name,
    signer_initials: initials,
    signed_at_ms: ctx.now_ms,
    signed_zone: timezone,
    method,
    station_id: ctx.station_id,
    signed_text: `User: ${full_name} (${initials}) - ID: ${user_id} - Timestamp: ${new Date(ctx.now_ms).toISOString()}`,
    content_sha256,
  };
  const signature_sha256 = signatureHash(signed);
  const row = ctx.insert(electronic_signatures, { ...signed, content, signature_sha256 });
  ctx.record({
    action: 'SIGN',
    category: 'signatures',
    entity_type,
    entity_id,
    entity_identifier: to.entity_identifier,
    metadata: { signature_id: row.id, meaning, content_sha256, signature_sha256 },
  });
  return row;
}

/** What a signature says about itself is what it was made with. */
export const isSignatureWhole = (row: Signature): boolean =>
  signatureHash(row) === row.signature_sha256 && contentHash(row.content) === row.content_sha256;
/** The time as the signer read it on the clock: `2026-11-20 14:32 America/Toronto`. */
export const signedAt = (row: Pick<Signature, 'signed_at_ms' | 'signed_zone'>): string =>
  `${timeInZone(row.signed_at_ms, row.signed_zone)} ${row.signed_zone}`;
