import { createHashRouter, Navigate, useRouteError } from 'react-router';
import { Fault } from './ErrorBoundary.tsx';
import { NotFound } from './NotFound.tsx';
import { modules, railItems } from './registry.ts';
import { Shell } from './Shell.tsx';
import { useMe } from './session.tsx';

/** Addresses after the hash: a reload works in the desktop shell and on any static server alike. */
export const router = createHashRouter([
  {
    path: '/',
    element: <Shell />,
    errorElement: <RouteFault />,
    children: [
      {
        errorElement: <RouteFault />,
        children: [
          { index: true, element: <OwnWorkFirst /> },
          ...modules.flatMap(nav => nav.routes),
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
  },
]);

function OwnWorkFirst() {
  const { may } = useMe();
  // A page that needs no right stands in the rail only while something waits there.
  const first = railItems.find(item => item.permission !== undefined && may(item.permission));
  return first ? <Navigate to={first.to} replace /> : <NotFound />;
}
function RouteFault() {
  return <Fault error={useRouteError()} />;
}
