import type { brandingContract } from '../../../preload/contract/branding.ts';
import type { Handlers } from '../../rpc/handlers.ts';
import { getBranding, listForms, registerForm, saveBranding } from './branding.service.ts';

export const brandingProcedures: Handlers<typeof brandingContract> = {
  get: getBranding,
  save: saveBranding,
  forms: listForms,
  registerForm,
};
