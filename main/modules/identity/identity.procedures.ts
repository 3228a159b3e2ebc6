import type { identity } from '../../../preload/contract/identity.ts';
import type { Handlers } from '../../rpc/handlers.ts';
import { demoAccounts } from './demo-accounts.service.ts';
import * as organization from './organization.service.ts';
import * as roles from './role-admin.service.ts';
import * as assignments from './role-assignments.service.ts';
import * as session from './session.service.ts';
import * as users from './user-admin.service.ts';

export const identityProcedures: Handlers<typeof identity> = {
  signIn: session.signIn,
  demoAccounts,
  me: session.getMe,
  signOut: session.signOut,
  changePassword: session.changePassword,
  setPin: session.setPin,
  lock: session.lock,
  unlock: session.unlock,
  switchOperator: session.switchOperator,
  switchPlant: session.switchPlant,
  setLocale: session.setLocale,

  listPeople: users.listPeople,
  listUsers: users.listUsers,
  getUser: users.getUser,
  createUser: users.createUser,
  updateUser: users.updateUser,
  setUserActive: users.setUserActive,
  resetPassword: users.resetPassword,
  unlockUser: users.unlockUser,
  assignRole: assignments.assignRole,
  endRole: assignments.endRole,
  setPlantAccess: assignments.setPlantAccess,
  effectivePermissions: assignments.effectivePermissions,

  listRoles: roles.listRoles,
  getRole: roles.getRole,
  saveRole: roles.saveRole,
  setRoleActive: roles.setRoleActive,
  deleteRole: roles.deleteRole,

  listPlants: organization.listPlants,
  savePlant: organization.savePlant,
  listDepartments: organization.listDepartments,
  saveDepartment: organization.saveDepartment,
  getOrganization: organization.getOrganization,
  saveOrganization: organization.saveOrganization,
};
