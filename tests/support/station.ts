import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Id } from '../../db/kit/columns.ts';
import {
  departments,
  organizations,
  plants,
  user_plant_access,
  user_roles,
  users,
} from '../../db/schema/identity.ts';
import { type ComposeOptions, compose, type Station } from '../../main/compose.ts';
import { flagsOfLevel } from '../../main/modules/identity/permissions.rules.ts';
import { silentLog } from '../../main/platform/log.ts';
import { hashSecret } from '../../main/platform/secrets.ts';
import type { AppContract } from '../../preload/contract/index.ts';
import type { InputOf, OutputOf, Procedure, Reply } from '../../preload/contract/rpc.ts';

export const TEST_START_MS = Date.UTC(2026, 10, 20, 14, 0, 0);
export const PASSWORD = 'Correct-Horse-7';
const PASSWORD_HASH = hashSecret(PASSWORD);

/** A clock that only moves when told. */
export function testClock(start_ms = TEST_START_MS) {
  let now = start_ms;
  return {
    now_ms: () => now,
    forward: (ms: number) => {
      now += ms;
    },
  };
}
/** UUIDv7-shaped ids that count up: the same run gives the same ids. */
export function countedIds() {
  let n = 0;
  return { next: () => `019a0000-0000-7000-8000-${String(++n).padStart(12, '0')}` };
}
/** When what a test opened is put away: at its end, or with `afterAll` at the end of its file. */
export type AtEnd = (putAway: () => void) => void;

export function temporaryFolder(prefix = 'millwright-', atEnd: AtEnd = onTestFinished): string {
  const folder = mkdtempSync(path.join(tmpdir(), prefix));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A real station on a temporary folder with one plant and one user per role asked for (password PASSWORD). */
export function testStation(options: Partial<ComposeOptions> & { roles?: string[]; atEnd?: AtEnd } = {}) {
  const clock = testClock();
  const {
    roles: wanted = ['ORG_ADMIN', 'PLANNER', 'PROCUREMENT', 'VIEWER'],
    atEnd = onTestFinished,
    ...rest
  } = options;
  const station = compose({
    data_folder: temporaryFolder('millwright-', atEnd),
    clock,
    ids: countedIds(),
    log: silentLog,
    check_outputs: true,
    ...rest,
  });
  atEnd(() => station.close());
  peopleFor(station, wanted);
  return { ...station, clock, session: (role: string) => signIn(station, role.toLowerCase()) };
}
export type TestStation = ReturnType<typeof testStation>;

export function peopleFor(station: Station, wanted: string[]): void {
  station.asSystem('test.people', ctx => {
    ctx.insert(organizations, { org_code: 'TEST', org_name: 'Test organization' });
    const plant = ctx.insert(plants, {
      plant_code: 'OAK',
      plant_name: 'Oakville',
      timezone: 'America/Toronto',
    });
    const department = ctx.insert(departments, {
      plant_id: plant.id,
      dept_code: 'ASM',
      dept_name: 'Assembly',
    });
    for (const code of wanted) {
      const role = ctx.sql.get<{ id: Id<'roles'> }>('select id from roles where role_code = ?', [code]);
      if (!role) throw new Error(`no role ${code}`);
      const user = ctx.insert(users, {
        username: code.toLowerCase(),
        full_name: `User ${code}`,
        initials: code.slice(0, 2),
        hashed_password: PASSWORD_HASH,
        plant_id: plant.id,
        department_id: department.id,
      });
      ctx.insert(user_roles, { user_id: user.id, role_id: role.id });
      ctx.insert(user_plant_access, {
        user_id: user.id,
        plant_id: plant.id,
        access_level: 'ADMIN',
        ...flagsOfLevel('ADMIN'),
      });
    }
  });
}

export function signIn(station: Pick<Station, 'serve'>, username: string, password = PASSWORD): string {
  const reply = station.serve(null, 'identity.signIn', { username, password });
  if (!reply.ok) throw new Error(`sign-in of ${username} failed: ${reply.error.code}`);
  return (reply.value as { session: string }).session;
}

type Path = {
  [M in keyof AppContract & string]: {
    [P in keyof AppContract[M] & string]: `${M}.${P}`;
  }[keyof AppContract[M] & string];
}[keyof AppContract & string];
type At<P extends Path> = P extends `${infer M}.${infer N}`
  ? M extends keyof AppContract
    ? N extends keyof AppContract[M]
      ? AppContract[M][N]
      : never
    : never
  : never;
type ProcedureAt<P extends Path> = Extract<At<P>, Procedure>;

/** Calls a procedure and returns its output; a refusal becomes an Error named by its code. */
export function ask<P extends Path>(
  station: Pick<Station, 'serve'>,
  session: string | null,
  procedure: P,
  input: InputOf<ProcedureAt<P>>,
): OutputOf<ProcedureAt<P>> {
  return outputOf(station.serve(session, procedure, input)) as never;
}
export async function askJob<P extends Path>(
  station: Pick<Station, 'runJob'>,
  session: string,
  procedure: P,
  input: InputOf<ProcedureAt<P>>,
): Promise<OutputOf<ProcedureAt<P>>> {
  return outputOf(await station.runJob(session, procedure, input)) as never;
}
function outputOf(reply: Reply): unknown {
  if (reply.ok) return reply.value;
  const error = new Error(`${reply.error.code} ${JSON.stringify(reply.error.details ?? {})}`);
  error.name = reply.error.code;
  throw error;
}
/** The code of the refusal, or 'accepted'. */
export function refusalOf<P extends Path>(
  station: Pick<Station, 'serve'>,
  session: string | null,
  procedure: P,
  input: unknown,
): string {
  const reply = station.serve(session, procedure, input);
  return reply.ok ? 'accepted' : reply.error.code;
}
