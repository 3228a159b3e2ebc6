import { Button } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { Suspense, useEffect, useRef, useState } from 'react';
import { Outlet, useLocation, useMatches, useNavigate } from 'react-router';
import { bridge } from '../rpc/client.ts';
import { ScanDeskView } from '../scan/ScanDeskView.tsx';
import { useTexts } from '../ui/texts.ts';
import { CommandField } from './CommandField.tsx';
import { CoverProvider } from './FullScreen.tsx';
import { HelpOverlay } from './HelpOverlay.tsx';
import { LockOverlay } from './LockOverlay.tsx';
import { NotificationBell } from './NotificationBell.tsx';
import { OperatorChip } from './OperatorChip.tsx';
import { PlantMark } from './PlantMark.tsx';
import { palette } from './palette.ts';
import { Rail } from './Rail.tsx';
import { modules } from './registry.ts';
import classes from './Shell.module.css';
import { StatusMark } from './StatusMark.tsx';
import { useMe } from './session.tsx';
import { useIdleLock } from './use-idle-lock.ts';

export function Shell() {
  const t = useTexts('app');
  const { is_locked, may } = useMe();
  const navigate = useNavigate();
  const [isHelp, help] = useDisclosure(false);
  const [isCovered, setCovered] = useState(false);
  const isNearLock = useIdleLock();
  // A page ends with its address: hidden until the next one has loaded, it would still hear the keyboard.
  const route = useMatches().at(-1);
  useFocusOfPage();
  useHotkeys([
    ['?', help.open],
    ['shift+?', help.open],
    ...modules
      .flatMap(nav => nav.commands ?? [])
      .flatMap((command): [string, () => void][] =>
        command.hotkey && may(command.permission)
          ? [[command.hotkey, () => (command.run ? command.run() : command.to && navigate(command.to))]]
          : [],
      ),
  ]);
  useEffect(
    () =>
      bridge().on(event => {
        if (event.kind !== 'shell') return;
        if (event.action === 'open_command_palette') palette.open();
        if (event.action === 'open_diagnostics') navigate('/admin/system');
        if (event.action === 'open_about') help.open();
        if (event.action === 'print') window.print();
        if (event.action.startsWith('go:')) navigate(event.action.slice(3));
      }),
    [navigate, help.open],
  );
  return (
    <>
      {/* While locked nothing behind the cover can be reached, by keyboard or reader, yet it all stays as it was. */}
      <div className={classes.shell} inert={is_locked}>
        <div style={{ display: 'contents' }} inert={isCovered}>
          <button
            type="button"
            className={classes.skip}
            onClick={() => document.getElementById('page')?.focus()}
          >
            {t('skip')}
          </button>
          <Rail />
          <header className={classes.top}>
            <CommandField />
            <span className={classes.grow} />
            <PlantMark />
            <StatusMark />
            <NotificationBell />
            <OperatorChip onHelp={help.open} />
          </header>
        </div>
        <main id="page" className={classes.page} tabIndex={-1}>
          <CoverProvider value={setCovered}>
            <Suspense key={route?.id} fallback={null}>
              <Outlet />
            </Suspense>
          </CoverProvider>
        </main>
      </div>
      <HelpOverlay opened={isHelp} onClose={help.close} />
      {isNearLock && !is_locked && (
        <div className={classes.resting} role="alert">
          <span>{t('resting.text')}</span>
          <Button size="compact-md" onClick={() => document.getElementById('page')?.focus()}>
            {t('resting.go_on')}
          </Button>
        </div>
      )}
      <ScanDeskView isListening={!is_locked} />
      {is_locked && <LockOverlay />}
    </>
  );
}

/** After a change of page the keyboard starts in the page, not in the rail. */
function useFocusOfPage(): void {
  const { pathname } = useLocation();
  const previous = useRef(pathname);
  useEffect(() => {
    if (previous.current === pathname) return;
    previous.current = pathname;
    const page = document.getElementById('page');
    if (page && !page.contains(document.activeElement)) page.focus({ preventScroll: true });
  }, [pathname]);
}
