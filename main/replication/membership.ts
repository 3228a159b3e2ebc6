import { refuse } from '../rpc/refusal.ts';
import { type CentreAccess, type CentreLine, CentreUnreachable } from './centre.ts';
import { parseEnrolmentCode, scramVerifier } from './enrolment.ts';
import { greetingOf } from './greeting.ts';
import { becomeMember, newNonce } from './joining.ts';
import { countOnAlone } from './numbers.ts';
import type { ReplicatorParts } from './parts.ts';
import type { CentreFacts } from './port.ts';
import { asking } from './refusals.ts';
import { helloAnswer, snapshotTables } from './wire.ts';

/** Whom an enrolment code would make this station, and what is there. Changes nothing on either side. */
export async function probe(parts: ReplicatorParts, enrolment_code: string): Promise<CentreFacts> {
  const access = parseEnrolmentCode(enrolment_code, parts.clock.now_ms());
  const { centre } = await asking(firstLine(parts, access));
  try {
    const hello = await asking(centre.call('probe', helloAnswer, []));
    const tables = await asking(centre.call('snapshot_tables', snapshotTables, []));
    return {
      host: access.host,
      port: access.port,
      database: access.database,
      org_code: hello.org_code,
      org_name: hello.org_name,
      station_code: hello.station_code,
      plant_ids: hello.plant_ids,
      schema_version: hello.schema_version,
      is_encrypted: access.tls !== 'off',
      rows: tables.reduce((sum, t) => sum + Math.max(0, t.rows), 0),
    };
  } finally {
    await centre.end();
  }
}

/** Uses the enrolment code up: the station gets a password of its own, then becomes a member in one local transaction. */
export async function join(
  parts: ReplicatorParts,
  enrolment_code: string,
  bring_rows: boolean,
): Promise<void> {
  const { clock, ids, store, schema_version } = parts;
  const access = parseEnrolmentCode(enrolment_code, clock.now_ms());
  const { centre, sealed: kept } = await asking(firstLine(parts, access));
  try {
    const client_id = ids.next();
    const nonce = newNonce();
    const greeting = greetingOf(parts, { client_id, incarnation: 1, nonce: null, next_nonce: nonce });
    const hello = await asking(centre.call('hello', helloAnswer, [greeting]));
    if (hello.schema_version !== schema_version)
      refuse(hello.schema_version < schema_version ? 'centre_older' : 'station_older', {
        centre: hello.schema_version,
        station: schema_version,
      });
    parts.backUp('before-joining');
    const sealed = kept ?? (await setOwnPassword(parts, centre, access));
    becomeMember(
      parts.db,
      parts.tables,
      store,
      ids,
      {
        centre: sealed,
        address: JSON.stringify({ host: access.host, port: access.port, database: access.database }),
        client_id,
        nonce,
        hello,
        schema_version,
        now_ms: clock.now_ms(),
      },
      bring_rows,
    );
  } finally {
    await centre.end();
  }
}

/**
 * A member with a new code for its own login goes on with its rows, its place in the history and what waits: only the
 * password is another. Refuses `already_joined` for a code of another station or centre.
 */
export async function renewAccess(parts: ReplicatorParts, enrolment_code: string): Promise<void> {
  const { clock, store, secrets } = parts;
  const access = parseEnrolmentCode(enrolment_code, clock.now_ms());
  const { centre: held = refuse('not_joined') } = store.state.facts;
  const own: CentreAccess = JSON.parse(await secrets.open(held));
  if (loginOf(own) !== loginOf(access))
    refuse('already_joined', { organization: store.organization().org_name });
  const { centre, sealed } = await asking(firstLine(parts, access));
  try {
    const renewed = sealed ?? (await setOwnPassword(parts, centre, access));
    store.state.set({ centre: renewed, joining: undefined });
  } finally {
    await centre.end();
  }
}

/** Kept sealed before it is set: a password that nobody keeps would lock the station out. */
async function setOwnPassword(
  { store, secrets }: ReplicatorParts,
  centre: CentreLine,
  access: CentreAccess,
): Promise<string> {
  const password = newNonce() + newNonce();
  const sealed = await secrets.seal(JSON.stringify({ ...access, password }));
  store.state.set({ joining: sealed });
  await asking(centre.run(`alter role current_user password '${scramVerifier(password)}'`));
  return sealed;
}
/** With the code, or with the password of its own that the station had set when it was stopped in the middle of joining. */
async function firstLine(
  { store, secrets, connect }: ReplicatorParts,
  access: CentreAccess,
): Promise<{ centre: CentreLine; sealed?: string }> {
  try {
    return { centre: await connect(access) };
  } catch (error) {
    const { joining } = store.state.facts;
    if (!joining || !(error instanceof CentreUnreachable) || error.code !== 'centre_sign_in_refused')
      throw error;
    const own: CentreAccess = JSON.parse(await secrets.open(joining));
    if (loginOf(own) !== loginOf(access)) throw error;
    return { centre: await connect(own), sealed: joining };
  }
}
const loginOf = ({ user, host, port, database }: CentreAccess): string =>
  `${user}@${host}:${port}/${database}`;

const MEMBER_TABLES = [
  'number_blocks',
  'units',
  'unit_changes',
  'shadow',
  'commits',
  'refused_rows',
  'blobs',
  'seen',
  'state',
];
/** Forgets everything about the centre; the rows stay. */
export function forgetMembership({ store, db, backUp }: ReplicatorParts): void {
  backUp('before-leaving');
  store.applying(() => {
    countOnAlone(db);
    for (const table of MEMBER_TABLES) db.exec(`delete from sync_${table}`);
    store.state.reread();
  });
}
