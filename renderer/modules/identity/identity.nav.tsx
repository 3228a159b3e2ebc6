import { IconBuilding, IconBuildingFactory2, IconShieldLock, IconUsers } from '@tabler/icons-react';
import { lazy } from 'react';
import type { ModuleNav, SearchHit } from '../../app/nav-types.ts';
import { ask } from '../../rpc/client.ts';

const Users = lazy(() => import('./screens/UsersScreen.tsx'));
const User = lazy(() => import('./screens/UserScreen.tsx'));
const Roles = lazy(() => import('./screens/RolesScreen.tsx'));
const Role = lazy(() => import('./screens/RoleScreen.tsx'));
const Plants = lazy(() => import('./screens/PlantsScreen.tsx'));
const Organization = lazy(() => import('./screens/OrganizationScreen.tsx'));

const FOUND = 8;
async function search(text: string): Promise<SearchHit[]> {
  const users = await ask('identity.listUsers', { search: text });
  return users.slice(0, FOUND).map(user => ({
    id: user.user_id,
    title: user.full_name,
    subtitle: user.username,
    to: `/admin/users/${user.user_id}`,
  }));
}

export const nav: ModuleNav = {
  module: 'identity',
  search,
  search_permission: 'users:read',
  routes: [
    { path: 'admin/users', element: <Users /> },
    { path: 'admin/users/:user_id', element: <User /> },
    { path: 'admin/roles', element: <Roles /> },
    { path: 'admin/roles/:role_id', element: <Role /> },
    { path: 'admin/plants', element: <Plants /> },
    { path: 'admin/organization', element: <Organization /> },
  ],
  items: [
    {
      to: '/admin/users',
      label: 'nav.users',
      icon: IconUsers,
      permission: 'users:read',
      order: 80,
    },
    {
      to: '/admin/roles',
      label: 'nav.roles',
      icon: IconShieldLock,
      permission: 'users:read',
      order: 81,
    },
    {
      to: '/admin/plants',
      label: 'nav.plants',
      icon: IconBuildingFactory2,
      permission: 'plants:read',
      order: 82,
    },
    {
      to: '/admin/organization',
      label: 'nav.organization',
      icon: IconBuilding,
      permission: 'organization:update',
      order: 83,
    },
  ],
};
