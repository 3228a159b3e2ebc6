import type { identity } from '../../../preload/contract/identity.ts';
import type { Handlers } from '../../rpc/handlers.ts';
import * as session from './session.service.ts';

export const identityProcedures: Handlers<typeof identity> = {
  signIn: session.signIn,
  me: session.getMe,
  signOut: session.signOut,
  changePassword: session.changePassword,
  setPin: session.setPin,
  lock: session.lock,
  unlock: session.unlock,
  switchOperator: session.switchOperator,
  switchPlant: session.switchPlant,
  setLocale: session.setLocale,
};
