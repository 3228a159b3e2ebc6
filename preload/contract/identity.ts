import { z } from 'zod';
import { command, empty, idOf, query } from './rpc.ts';

export const locale = z.enum(['en', 'fr', 'es']);
export const me = z.object({
  user_id: idOf('users'),
  username: z.string(),
  full_name: z.string(),
  initials: z.string(),
  locale,
  roles: z.array(z.object({ role_code: z.string(), role_name: z.string() })),
  /** `resource:action` the person may use in the current plant; `*` stands for everything. */
  permissions: z.array(z.string()),
  plant_id: idOf('plants'),
  plant_name: z.string(),
  timezone: z.string(),
  paper_size: z.enum(['LETTER', 'A4']),
  plants: z.array(z.object({ plant_id: idOf('plants'), plant_name: z.string() })),
  organization_name: z.string(),
  must_change_password: z.boolean(),
  has_pin: z.boolean(),
  is_locked: z.boolean(),
  idle_minutes: z.int(),
});
const signedIn = z.object({ session: z.string(), me });
const password = z.string().min(1).max(200);
const username = z.string().trim().min(1).max(80);
const pin = z.string().regex(/^\d{4,8}$/, '4 to 8 digits');

export const identity = {
  signIn: command({
    allow: 'public',
    input: z.object({ username, password }),
    output: signedIn,
    refusals: ['sign_in_failed', 'account_locked', 'no_plant_access'],
    while_locked: true,
  }),
  me: query({ allow: 'signed_in', input: empty, output: me, while_locked: true }),
  signOut: command({ allow: 'signed_in', input: empty, output: empty, while_locked: true }),
  changePassword: command({
    allow: 'signed_in',
    input: z.object({ current_password: password, new_password: password }),
    output: empty,
    refusals: ['password_wrong', 'password_too_short', 'password_too_simple', 'password_unchanged'],
  }),
  setPin: command({
    allow: 'signed_in',
    input: z.object({ password, pin }),
    output: empty,
    refusals: ['password_wrong', 'pin_taken'],
  }),
  /** Locks the screen and keeps what is on it. */
  lock: command({ allow: 'signed_in', input: empty, output: empty, while_locked: true }),
  /** The same person comes back, by PIN or password. */
  unlock: command({
    allow: 'signed_in',
    input: z.object({ pin: pin.optional(), password: password.optional() }),
    output: me,
    refusals: ['password_wrong', 'pin_wrong', 'account_locked'],
    while_locked: true,
  }),
  /** Another person takes over the station; the window keeps its page and entries. */
  switchOperator: command({
    allow: 'public',
    input: z.object({ username: username.optional(), pin }),
    output: signedIn,
    refusals: ['pin_wrong', 'account_locked', 'no_plant_access'],
    while_locked: true,
  }),
  switchPlant: command({
    allow: 'signed_in',
    input: z.object({ plant_id: idOf('plants') }),
    output: me,
    refusals: ['no_plant_access'],
  }),
  setLocale: command({ allow: 'signed_in', input: z.object({ locale }), output: me }),
};
