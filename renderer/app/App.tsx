import { MantineProvider } from '@mantine/core';
import { DatesProvider } from '@mantine/dates';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { RouterProvider } from 'react-router';
import { useDensity } from '../ui/use-density.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import './i18n.ts';
import { ChangePassword } from './ChangePassword.tsx';
import { followChanges, queries } from './queries.ts';
import { router } from './router.tsx';
import { SignIn } from './SignIn.tsx';
import { SessionProvider, useSessionState } from './session.tsx';
import { cssVariables, themeFor } from './theme.ts';
import { Unreachable } from './Unreachable.tsx';

const STATION_SCALE = 20 / 14;

export function App() {
  const { density } = useDensity();
  const theme = useMemo(() => themeFor(density === 'station' ? STATION_SCALE : 1), [density]);
  useEffect(followChanges, []);
  useEffect(() => {
    document.documentElement.dataset.density = density;
  }, [density]);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <ErrorBoundary>
        <QueryClientProvider client={queries}>
          <SessionProvider>
            <Localized />
          </SessionProvider>
        </QueryClientProvider>
      </ErrorBoundary>
    </MantineProvider>
  );
}

function Localized() {
  const { i18n } = useTranslation();
  return (
    <DatesProvider settings={{ locale: i18n.language, firstDayOfWeek: 1 }}>
      <Notifications position="bottom-right" />
      <Entrance />
    </DatesProvider>
  );
}

/** Sign-in first, then a forced new password, then the program. */
function Entrance() {
  const { state } = useSessionState();
  if (state.kind === 'starting') return <Unreachable />;
  if (state.kind === 'unreachable') return <Unreachable failure={state.failure} />;
  if (state.kind === 'signed_out') return <SignIn ended={state.ended} />;
  if (state.me.must_change_password) return <ChangePassword />;
  // The page before must not stay under the new address, where it would take the keys and clicks meant for the next one.
  return <RouterProvider router={router} useTransitions={false} />;
}
